"""Real files for reading tests; they are never copied into the project."""

import os
from pathlib import Path

import pytest
from django.conf import settings


def sample(pattern: str) -> Path:
    """The one sample file that matches; the test is skipped where the samples are absent."""
    folder = Path(os.environ.get("SHARED_DIR", settings.BASE_DIR.parent / "shared")) / "samples"
    found = sorted(folder.glob(pattern))
    if not found:
        pytest.skip(f"no sample files at {folder}")
    assert len(found) == 1
    return found[0]
