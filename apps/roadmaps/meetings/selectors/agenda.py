"""The agenda with its hours, and the meeting as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from apps.accounts.models import User
from apps.indicators.display import written_figure
from apps.indicators.models import IndicatorVersion
from apps.indicators.selectors.newest import newest_figures
from apps.roadmaps.meetings.models import AgendaItem, Meeting, Subgroup
from apps.roadmaps.meetings.timing import in_words, starts


@dataclass(frozen=True)
class Line:
    """An item with its start in each subgroup; `number` is empty for opening and closing words."""

    item: AgendaItem
    number: str
    starts: list[str]


@dataclass(frozen=True)
class Agenda:
    """Lines, the subgroups whose hours they bear, the whole length."""

    subgroups: list[Subgroup]
    lines: list[Line]
    ends: list[datetime]
    minutes: int

    @property
    def total(self) -> str:
        return in_words(self.minutes)

    @property
    def hours(self) -> list[tuple[Subgroup, str, str]]:
        """Each subgroup with its first and last minute."""
        first = [timezone.localtime(group.starts_at) for group in self.subgroups]
        return [
            (group, _hour(begin, begin), _hour(end, begin))
            for group, begin, end in zip(self.subgroups, first, self.ends, strict=True)
        ]

    @property
    def is_split(self) -> bool:
        return len(self.subgroups) > 1


def _hour(moment: datetime, first: datetime) -> str:
    """«09:35», with the day where the agenda has run into another one."""
    return f"{moment:%H:%M}" if moment.date() == first.date() else f"{moment:%d.%m, %H:%M}"


def agenda_of(meeting: Meeting) -> Agenda:
    """Items in order; the start of each is counted from the minutes of those before it."""
    groups = list(meeting.subgroups.all())
    items = list(meeting.items.prefetch_related("directions", "talks__organization", "talks__file", "votes__documents"))
    minutes = [item.minutes for item in items]
    columns, ends = [], []
    for group in groups:
        first = timezone.localtime(group.starts_at)
        found, end = starts(first, minutes)
        columns.append([_hour(moment, first) for moment in found])
        ends.append(end)
    lines, number = [], 0
    for place, item in enumerate(items):
        number += item.is_numbered
        lines.append(Line(item, f"{number}." if item.is_numbered else "", [column[place] for column in columns]))
    return Agenda(groups, lines, ends, sum(minutes))


@dataclass(frozen=True)
class Headline:
    """The one figure of quality that stands over the agenda."""

    version: IndicatorVersion
    figure: str
    period: str
    polarity: str


def headline_of(meeting: Meeting, user: User) -> Headline | None:
    """The newest municipal figure of the indicator named as the headline; None where none is named."""
    if meeting.headline_id is None:
        return None
    version = (
        IndicatorVersion.objects.current().filter(indicator=meeting.headline_id).select_related("indicator").first()
    )
    if version is None:
        return None
    found = newest_figures([version], user).get(version.indicator_id)
    period = str(found.period) if found else ""
    return Headline(version, written_figure(found), period, version.get_polarity_display())
