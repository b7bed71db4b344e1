"""Parts of addresses."""

from apps.core import periods


class PeriodConverter:
    """`2025-26` in an address is the span of `2025/26` in a view; what names no period is a 404."""

    regex = r"[0-9]{4}(?:-[0-9HQ-]+)?"

    def to_python(self, value: str) -> periods.PeriodSpan:
        try:
            return periods.from_slug(value)
        except periods.PeriodError as error:
            raise ValueError(value) from error

    def to_url(self, value: object) -> str:
        """Takes a span, a `Period` row or a code."""
        return str(getattr(value, "code", value)).replace("/", "-")
