"""The passport on paper: DOCX at once, PDF by a worker."""

import hashlib
from io import BytesIO
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from docx.enum.text import WD_ALIGN_PARAGRAPH

from apps.core import files
from apps.core.documents import word
from apps.core.models import PrivateFile
from apps.roadmaps.projects.models import Project

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY = "Не заполнено."


def facts_of(project: Project) -> list[tuple[str, str]]:
    """Lines above the seven fields: who, when, in what programme."""
    accepted = project.members.accepted().select_related("organization")
    members = ", ".join(str(member.organization) for member in accepted)
    facts = [
        ("Программа", str(project.programme or "")),
        ("Руководитель", project.head),
        ("Участники", project.for_whom),
        ("Сроки", f"{project.starts_on:%d.%m.%Y} – {project.ends_on:%d.%m.%Y}"),
        ("Состояние", project.get_state_display()),
        ("Организации-участники", members),
    ]
    return [(name, text) for name, text in facts if text]


def written(project: Project) -> bytes:
    """The passport as DOCX."""
    book: Any = word.new_book(title=f"Паспорт: {project}"[:250], author=settings.AUTHORITY_NAME, ink=None)
    word.line(book, settings.AUTHORITY_NAME, align=WD_ALIGN_PARAGRAPH.CENTER)
    word.line(book, f"Паспорт: {project.get_kind_display()}", align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=13)
    word.line(book, str(project), align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=15)
    for name, text in facts_of(project):
        paragraph = word.line(book, "")
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(text)
    for title, text in project.passport:
        book.add_heading(title, level=1)
        for line in (text or EMPTY).splitlines():
            if line.strip():
                word.line(book, line.strip(), align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    footer = book.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.page_number(footer)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def printed(*, project: Project, by: Any, tell: Any = None) -> PrivateFile:
    """The passport as a tagged PDF. Called by workers: the typesetter is heavy."""
    from apps.core.documents.pdf import typeset

    context = {"project": project, "facts": facts_of(project), "authority_name": settings.AUTHORITY_NAME}
    source = render_to_string("roadmaps/projects/passport_pdf.html", context)
    pdf = typeset(source, identifier=hashlib.sha256(source.encode()).hexdigest(), tell=tell)
    return files.store(stream=BytesIO(pdf), name=f"{file_name(project)}.pdf", content_type=files.PDF, by=by)


def file_name(project: Project) -> str:
    number = f" {project.number}" if project.number else ""
    return f"Паспорт, {project.get_kind_display()}{number}"
