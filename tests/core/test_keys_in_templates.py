"""Keys of rows and years are written as they are: a template would else put a space after the thousands."""

import re

from django.conf import settings

BARE = re.compile(r"\{\{ *(?:\w+\.)*(?:\w*_id|pk|id|year) *\}\}")


def test_no_key_or_year_is_written_with_a_space() -> None:
    found = [
        f"{path.name}: {match}"
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for match in BARE.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []
