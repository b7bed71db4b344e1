"""Subjects by their names in any case form: «по русскому языку», «Русский язык», «РУ»."""

import re

from apps.procedures.readers.text import folded

# Name of the subject → what its written forms begin with.
_STEMS = {
    "Русский язык": r"русск\w* язык|^русск\w*$|^ру$",
    "Математика": r"математик|^ма$",
    "Окружающий мир": r"окружающ|^ом$",
    "Литературное чтение": r"литературн\w* чтен",
    "Литература": r"литератур\w*$",
    "Биология": r"биолог",
    "История": r"истори",
    "География": r"географ",
    "Обществознание": r"обществозн",
    "Физика": r"физик",
    "Химия": r"хими",
    "Информатика": r"информат",
    "Английский язык": r"английск",
    "Немецкий язык": r"немецк",
    "Французский язык": r"французск",
    "Испанский язык": r"испанск",
    "Китайский язык": r"китайск",
}
SUBJECTS = tuple(_STEMS)
_PATTERNS = [(name, re.compile(pattern)) for name, pattern in _STEMS.items()]


def subject_in(written: str) -> str:
    """The subject a phrase names, or an empty string."""
    words = folded(written)
    return next((name for name, pattern in _PATTERNS if pattern.search(words)), "")


def canonical(written: str) -> str:
    """A subject's own name; a subject unknown here keeps its written name («Математика базовая» stays apart)."""
    words = folded(written)
    exact = next((name for name in SUBJECTS if folded(name) == words), "")
    return exact or " ".join(written.split())
