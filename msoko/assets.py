"""Static files: which of the packages' are ours to serve, and how they are stored."""

from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leaves out the variants and extensions that no page links: collecting is quicker, less lies open."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
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


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Names with a digest, for ever in the browser's cache; beside each a gzip copy.

    No Brotli: at its best quality it takes minutes of a small machine's first start for a tenth of the bytes.
    """

    keep_only_hashed_files = True

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**{**options, "use_brotli": False})
