"""When each item of an agenda begins. No Django here."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta


def starts(first: datetime, minutes: Iterable[int]) -> tuple[list[datetime], datetime]:
    """The start of each item and the end of the last, in the zone of `first`.

    Counted in UTC: an agenda that runs over midnight or over a change of the clock loses and wins no minute.
    """
    moment, found = first.astimezone(UTC), []
    for length in minutes:
        found.append(moment.astimezone(first.tzinfo))
        moment += timedelta(minutes=length)
    return found, moment.astimezone(first.tzinfo)


def in_words(minutes: int) -> str:
    """«1 ч 10 мин», «45 мин»."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} ч" if hours else "", f"{rest} мин" if rest or not hours else ""]
    return "\u00a0".join(part for part in parts if part)
