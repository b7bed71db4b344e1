"""In which school year a recommendation stands that rests on figures of a period."""

from apps.core.models import Period


def year_for(period: Period) -> Period | None:
    """The period itself, or for a calendar year the school year that begins in it; None where that is not kept."""
    if period.kind == Period.Kind.SCHOOL_YEAR:
        return period
    return Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR, starts_on__year=period.starts_on.year).first()
