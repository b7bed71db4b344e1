"""Asking the same again for the next period: the same form versions of the same organisations, days shifted."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from apps.collection.models import Campaign, CampaignMaterial
from apps.collection.services.campaigns import Opened, open_campaign
from apps.core import periods
from apps.core.models import Period
from apps.core.periods import PeriodKind, PeriodSpan
from apps.organizations.models import Organization


def shift(day: date, months: int) -> date:
    """The same day of the month later; of a shorter month its last day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def following(span: PeriodSpan) -> PeriodSpan:
    """The period of the same kind that comes next; of a single day the same day a year later."""
    start = span.starts_on
    match span.kind:
        case PeriodKind.SCHOOL_YEAR:
            return periods.school_year(start.year + 1)
        case PeriodKind.CALENDAR_YEAR:
            return periods.calendar_year(start.year + 1)
        case PeriodKind.HALF_YEAR:
            later = shift(start, 6)
            return periods.parse_period(f"{later.year}-H{1 if later.month == 1 else 2}")
        case PeriodKind.QUARTER:
            later = shift(start, 3)
            return periods.parse_period(f"{later.year}-Q{(later.month + 2) // 3}")
        case _:
            return periods.parse_period(shift(start, 12).isoformat())


@dataclass(frozen=True)
class Proposal:
    """A campaign for the next period as it would be opened; people may change title and days."""

    title: str
    span: PeriodSpan
    opens_on: date
    due_on: date
    closes_on: date


def propose(campaign: Campaign) -> Proposal:
    """Each day moves by as much as the period does."""
    span, later = campaign.period.span, following(campaign.period.span)
    months = (later.starts_on.year - span.starts_on.year) * 12 + later.starts_on.month - span.starts_on.month
    days = [shift(day, months) for day in (campaign.opens_on, campaign.due_on, campaign.closes_on)]
    title = campaign.title.replace(span.code, later.code)
    if title == campaign.title:
        title = f"{campaign.title[:180]}, {periods.title(later)}"
    return Proposal(title, later, *days)


@transaction.atomic
def repeat_campaign(
    *, campaign: Campaign, period: Period, title: str, opens_on: date, due_on: date, closes_on: date, by: Any
) -> Opened:
    """Open it anew: same form versions, organisations, instructions, materials. Raises Refused."""
    asked = Organization.objects.filter(submissions__campaign=campaign).select_related("successor").distinct()
    opened = open_campaign(
        title=title,
        period=period,
        forms=list(campaign.forms.all()),
        organizations=asked,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=closes_on,
        by=by,
        instructions=campaign.instructions,
        contacts=campaign.contacts,
        experts=campaign.experts,
        repeats=campaign,
    )
    CampaignMaterial.objects.bulk_create(
        CampaignMaterial(
            campaign=opened.campaign, kind=item.kind, title=item.title, file_id=item.file_id, added_by=item.added_by
        )
        for item in campaign.materials.all()
    )
    return opened
