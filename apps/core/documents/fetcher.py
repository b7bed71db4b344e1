"""What a document may fetch while it is laid out: its fonts, nothing else. No network, no files, no data addresses."""

from pathlib import Path
from typing import Any

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "font:"
FONTS = {
    "regular": "PT_Sans-Web-Regular.ttf",
    "italic": "PT_Sans-Web-Italic.ttf",
    "bold": "PT_Sans-Web-Bold.ttf",
    "bold-italic": "PT_Sans-Web-BoldItalic.ttf",
}


class FontsOnly(URLFetcher):
    """Serves `font:regular` and its three sisters; any other address ends the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = FONTS.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if name is None:
            raise FatalURLFetchingError(f"refused: {url[:100]}")
        body = Path(settings.FONTS_DIR, name).read_bytes()
        return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})
