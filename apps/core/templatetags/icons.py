"""Icons: SVG from the pinned package Bootstrap Icons, drawn inline so that they take the colour of the text."""

import re
from functools import lru_cache
from pathlib import Path

import js_lib_bootstrap_icons
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_FOLDER = Path(js_lib_bootstrap_icons.__file__).parent / "static" / "bootstrap-icons"


@lru_cache(maxsize=256)
def _drawing(name: str) -> SafeString:
    """What stands inside the `<svg>` of the packaged icon. Raises TemplateSyntaxError for a name it has not."""
    if not re.fullmatch(r"[a-z0-9-]+", name) or not (_FOLDER / f"{name}.svg").is_file():
        raise template.TemplateSyntaxError(f"no such icon: {name}")
    inner = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip())
    return mark_safe(inner.strip())  # noqa: S308 - a file of the package, not data


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "house" %}`: a decoration, hidden from screen readers; the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="currentColor"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        _drawing(name),
    )
