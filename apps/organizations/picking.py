"""Choosing some of many organisations in a form."""

from crispy_forms.layout import Field

TEMPLATE = "components/pick.html"


def pick(name: str = "organizations") -> Field:
    """Ticks in a box that scrolls; the page loads `js/pick.js`, which adds a field that narrows them."""
    return Field(name, template=TEMPLATE)
