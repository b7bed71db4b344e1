"""The sentences with which a file is refused as a whole. No Django here."""

from apps.core.findings import Refused, error

SAVE_AS_XLSX = "Откройте файл в табличном редакторе и сохраните его как «Книга Excel (*.xlsx)»."
DOWNLOAD_AGAIN = "Скачайте или сохраните файл ещё раз и загрузите снова."


def refusal(code: str, message: str, **place: object) -> Refused:
    """One reason against the whole file, ready to raise."""
    return Refused([error(code, message, **place)])


def damaged(detail: str = "") -> Refused:
    return refusal(
        "file_damaged", "Файл повреждён: его не удалось прочитать до конца.", found=detail, action=DOWNLOAD_AGAIN
    )


def too_heavy(detail: str) -> Refused:
    return refusal(
        "file_too_heavy",
        "Файл слишком велик для чтения.",
        found=detail,
        action="Удалите лишние листы, строки и оформление или разделите файл на части.",
    )


def size_in_mib(size: int) -> str:
    """A size for a message: 12,3 МиБ."""
    return f"{size / (1 << 20):.1f} МиБ".replace(".", ",")
