"""What people are told of recommendations. No figures: letters travel open, those are read after logging in."""

from apps.accounts.models import Membership
from apps.accounts.roles import SCHOOL
from apps.core import notices
from apps.organizations.models import Organization
from apps.roadmaps.models import Recommendation, RecommendationAddressee


def issued_key(addressee: RecommendationAddressee) -> str:
    return f"roadmaps.issued:{addressee.pk}"


def about_issue(recommendation: Recommendation) -> None:
    """To the people of every addressee: of an organisation, or the leader of an association."""
    addressees = list(recommendation.addressees.select_related("organization", "association"))
    members = Membership.objects.current().filter(
        organization__in=[row.organization_id for row in addressees if row.organization_id], role__in=SCHOOL
    )
    people: dict[int, list[int]] = {}
    for organization_id, user_id in members.values_list("organization_id", "user_id"):
        people.setdefault(organization_id, []).append(user_id)
    notices.tell_all([
        notices.Line(
            users=_people_of(row, people), key=issued_key(row), url=row.get_absolute_url(),
            title=f"Адресная рекомендация: {recommendation.title}", due_on=recommendation.due_on,
            note=f"{row.receiver}. Подтвердите получение на портале.",
        )
        for row in addressees
    ])  # fmt: skip


def about_moved(row: RecommendationAddressee, old: Organization) -> None:
    """To the people of the organisation that `old` joined: its recommendation is theirs now."""
    held = Membership.objects.current().filter(organization=row.organization_id, role__in=SCHOOL)
    notices.tell(
        users=held.values_list("user", flat=True),
        key=issued_key(row),
        title=f"Адресная рекомендация: {row.recommendation.title}",
        url=row.get_absolute_url(),
        note=f"Была направлена организации «{old}», которая присоединена к вашей.",
        due_on=row.recommendation.due_on,
    )


def _people_of(row: RecommendationAddressee, people: dict[int, list[int]]) -> list[int]:
    if row.association:
        return [row.association.leader_id] if row.association.leader_id else []
    return people.get(row.organization_id or 0, [])


def about_report(addressee: RecommendationAddressee) -> None:
    """To the author: a report has come."""
    recommendation = addressee.recommendation
    notices.tell(
        users=[recommendation.author_id],
        key=f"roadmaps.reported:{addressee.pk}:{addressee.reported_at:%Y%m%d%H%M%S}",
        title=f"Отчёт по рекомендации: {recommendation.title}",
        url=recommendation.get_absolute_url(),
        note=f"{addressee.receiver}: отчёт об исполнении ждёт проверки.",
    )


def about_review(addressee: RecommendationAddressee) -> None:
    """To the person who reported: accepted, or returned with a remark."""
    assert addressee.reported_by is not None
    if addressee.state == RecommendationAddressee.State.DONE:
        title, note = "Отчёт принят, рекомендация исполнена", addressee.recommendation.title
    else:
        title = f"Отчёт возвращён на доработку: {addressee.recommendation.title}"
        note = f"Замечание: {addressee.review_text}"
    notices.tell(
        users=[addressee.reported_by],
        key=f"roadmaps.reviewed:{addressee.pk}:{addressee.reviewed_at:%Y%m%d%H%M%S}",
        title=title,
        url=addressee.get_absolute_url(),
        note=note,
    )
