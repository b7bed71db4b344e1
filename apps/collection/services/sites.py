"""Marking documents of a site with links, and asking whether the links answer."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.collection.models import SiteLink
from apps.collection.site_documents import site_documents
from apps.core import events, jobs, outside
from apps.core.findings import Refused, error
from apps.core.models import Job
from apps.organizations.models import Organization

CHECK = "collection.check_site_links"


@transaction.atomic
def save_links(*, organization: Organization, urls: Mapping[str, str], by: Any) -> int:
    """Write the links by the code of the document; an empty one takes the mark away. Returns how many changed.

    Raises Refused with every address that is none; nothing is written then.
    """
    if not (by.is_active and by.role in SCHOOL and by.organization == organization):
        raise Refused([error("no_right", "Ссылки указывают сотрудники самой организации.")])
    known = {item.code: item for item in site_documents().of(organization.programmes)}
    wanted = {code: url.strip() for code, url in urls.items() if code in known}
    check, found = URLValidator(schemes=["http", "https"]), []
    for code, url in wanted.items():
        try:
            if url:
                check(url[:600])
        except ValidationError:
            expected = "адрес, который начинается с https:// или http://"
            found.append(
                error("bad_url", f"«{known[code].name}»: ссылка не похожа на адрес страницы.", expected=expected)
            )
    if found:
        raise Refused(found)
    Organization.objects.select_for_update().get(pk=organization.pk)
    stored = {row.code: row for row in SiteLink.objects.filter(organization=organization)}
    changed = [code for code, url in wanted.items() if url != (stored[code].url if code in stored else "")]
    for code in changed:
        if not wanted[code]:
            stored[code].delete()
            continue
        SiteLink.objects.update_or_create(
            organization=organization,
            code=code,
            defaults={
                "url": wanted[code], "state": SiteLink.State.UNCHECKED, "problem": "", "checked_at": None,
                "changed_by": by, "changed_at": timezone.now(),
            },
        )  # fmt: skip
    if changed:
        text = f"Ссылки на документы сайта, изменено: {len(changed)}"
        events.record(kind="site.links_saved", subject=organization, by=by, text=text, documents=changed)
    return len(changed)


@transaction.atomic
def request_check(*, by: Any, organization: Organization | None = None) -> Job:
    """Have a worker ask the links: of one organisation, or of all for the department. Raises Refused."""
    own = by.role in SCHOOL and organization is not None and by.organization == organization
    if not (by.is_active and (own or by.role in DEPARTMENT)):
        raise Refused([error("no_right", "У вас нет права проверять эти ссылки.")])
    if not settings.SITE_LINK_CHECKS:
        message = "Проверка ссылок на этом портале выключена."
        action = "Её включает администратор сервера: нужен выход в интернет (SITE_LINK_CHECKS=1)."
        raise Refused([error("switched_off", message, action=action)])
    arguments = {"organization": organization.pk if organization else None}
    waiting = Job.objects.filter(kind=CHECK, arguments=arguments, state__in=(Job.State.QUEUED, Job.State.RUNNING))
    return waiting.first() or jobs.enqueue(kind=CHECK, arguments=arguments, by=by)


def check_links(
    *,
    organization: int | None,
    ask: Callable[[str], outside.Answer] = outside.probe,
    tell: Callable[[int, int, str], None] | None = None,
) -> int:
    """Ask the links and keep the answers; a link changed meanwhile stays unchecked. Returns how many."""
    links = SiteLink.objects.select_related("organization").order_by("organization", "code")
    rows = list(links.filter(organization=organization) if organization else links)
    for place, row in enumerate(rows, start=1):
        answer = ask(row.url)
        state = SiteLink.State.THERE if answer.is_there else SiteLink.State.BROKEN
        SiteLink.objects.filter(pk=row.pk, url=row.url).update(
            state=state, problem=answer.problem[:200], checked_at=timezone.now()
        )
        if tell:
            tell(place, len(rows), str(row.organization))
    return len(rows)
