"""The form designer: how an organisation will see the form, as a page and as a workbook."""

from dataclasses import dataclass
from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.collection.definition import FormDefinition, definition_of
from apps.collection.models import Form
from apps.collection.selectors.duplicates import delivers
from apps.collection.selectors.filling import FieldRow
from apps.collection.selectors.page import PageRow
from apps.collection.views.designer import found_form
from apps.collection.workbook import Filling, Identity, write_workbook
from apps.core import files
from apps.organizations.models import Organization


@dataclass(frozen=True)
class Preview:
    """A form as one organisation would get it; without an organisation every row."""

    form: Form
    definition: FormDefinition
    organization: Organization | None
    organizations: list[Organization]

    @property
    def sections(self) -> list[tuple[str, list[FieldRow]]]:
        return [
            (title, [FieldRow(PageRow(row, None, "", "", "", False), "", "", 0) for row in rows])
            for title, rows in self.definition.sections
        ]


def _preview(request: SignedInRequest, code: str) -> Preview:
    form = found_form(code, request.GET.get("version", ""))
    everyone = [item for item in Organization.objects.educational().active() if delivers(item, form)]
    chosen = next((item for item in everyone if item.code == request.GET.get("organization", "")), None)
    return Preview(form, definition_of(form, chosen), chosen, everyone)


@require_safe
@role_required(*AUTHORITY)
def preview(request: SignedInRequest, code: str) -> HttpResponse:
    return render(request, "collection/designer/preview.html", {"preview": _preview(request, code)})


@require_safe
@role_required(*AUTHORITY)
def preview_workbook(request: SignedInRequest, code: str) -> FileResponse:
    """The workbook to look at; the portal takes none in that no campaign has given out."""
    found = _preview(request, code)
    organization = found.organization
    filling = Filling(
        organization=organization.full_name or organization.name if organization else "Предпросмотр",
        campaign="Предпросмотр: эту книгу загрузить нельзя",
        period="предпросмотр",
        due_on=timezone.localdate(),
        instructions=found.form.instructions,
    )
    identity = Identity(
        campaign=0, organization=organization.code if organization else "", form=found.form.code,
        version=found.form.version, period="", revision=0,
    )  # fmt: skip
    content = write_workbook(found.definition, identity, filling)
    name = f"{found.form.short_title}, предпросмотр.xlsx"
    return files.send(BytesIO(content), name=name, content_type=files.XLSX)
