import hashlib
from io import BytesIO

import pytest

from apps.core import files
from apps.core.models import PrivateFile


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("отчёт.xlsx", "отчёт.xlsx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Документы\школа.xlsx", "школа.xlsx"),
        ("a\r\nSet-Cookie: x.xlsx", "aSet-Cookie_ x.xlsx"),
        ("\u202excod.exe", "xcod.exe"),
        ("<b>.pdf", "_b_.pdf"),
        ("", "файл"),
        ("...", "файл"),
    ],
)
@pytest.mark.fault("U30")
def test_a_display_name_is_harmless(given, shown):
    assert files.clean_name(given) == shown


def test_a_very_long_name_keeps_its_ending():
    name = files.clean_name("я" * 400 + ".xlsx")
    assert len(name) <= 120
    assert name.endswith(".xlsx")


@pytest.mark.django_db
def test_bytes_are_kept_under_a_name_of_our_own_with_their_digest(storage):
    content = b"abc" * 1000
    kept = files.store(stream=BytesIO(content), name="../Секрет.xlsx", content_type=files.XLSX, by=None)
    kept = PrivateFile.objects.get(pk=kept.pk)
    assert kept.name == "Секрет.xlsx"
    assert kept.size == len(content)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert (storage / "private" / str(kept.pk)).read_bytes() == content


@pytest.mark.django_db
def test_a_download_is_an_attachment_that_no_cache_keeps():
    kept = files.store(stream=BytesIO(b"abc"), name="Отчёт.pdf", content_type=files.PDF, by=None)
    response = files.send_private(kept)
    assert b"".join(response.streaming_content) == b"abc"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
