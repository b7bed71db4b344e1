"""Static files: which of the packages' are ours to serve, and how they are stored."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

UNUSED = [
    "*.rtl.*",
    "bootstrap-grid*",
    "bootstrap-reboot*",
    "bootstrap-utilities*",
    "bootstrap.css*",
    "bootstrap.js*",
    "bootstrap.bundle.js*",
    "bootstrap.esm*",
    "htmx-4*",
    "ext",
]


class _LinkedOnly:
    """Leaves out the variants and extensions that no page links: collecting is quicker, less lies open."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        return super().list([*(ignore_patterns or []), *UNUSED])  # type: ignore[misc]


class ProjectFinder(_LinkedOnly, FileSystemFinder):  # type: ignore[misc]
    """The project's own files and those of the asset packages."""


class AppFinder(_LinkedOnly, AppDirectoriesFinder):  # type: ignore[misc]
    """Those that the installed apps bring."""


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Names with a digest, for ever in the browser's cache; beside each a gzip copy.

    No Brotli: at its best quality it takes a minute of a small machine's first start for a tenth of the bytes.
    """

    keep_only_hashed_files = True

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**{**options, "use_brotli": False})
