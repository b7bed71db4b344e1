"""Subjects by their names in any case form: «по русскому языку», «Русский язык», «РУ»."""

import re

from apps.procedures.readers.text import folded, text

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
_GENERIC = re.compile(r"^(?:проведени\w+\s+работ\w*\s+|предмет\w*\s+(?:по\s+выбору\s+)?|по\s+)+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# Works of one subject and grade for two programmes are different works: the level is a part of the name.
_LEVELS = (
    (re.compile(r"базов\w+ уров"), "базовый уровень"),
    (re.compile(r"углубл[её]нн\w+ (?:уров|изучен)"), "углублённый уровень"),
)
_AT_ENDS = " .,:;«»\"“”„'–—-"


def subject_in(written: str) -> str:
    """The subject a phrase names, or an empty string."""
    words = folded(written)
    return next((name for name, pattern in _PATTERNS if pattern.search(words)), "")


def canonical(written: str) -> str:
    """A subject's own name, with the level of the programme when the phrase names one.

    «по русскому языку», ««Русский язык»,» are «Русский язык»; «математика (базовый уровень)» is «Математика (базовый
    уровень)»; a subject unknown here keeps its written name («Математика базовая» stays apart).
    """
    words = folded(written)
    level = next((name for pattern, name in _LEVELS if pattern.search(words)), "")
    plain = text(written)
    plain = (_BRACKETS.sub("", plain) if level else plain).strip(_AT_ENDS)
    plain = _GENERIC.sub("", plain).strip(_AT_ENDS)
    name = _own_name(plain) or plain
    return f"{name} ({level})" if level and name and level not in folded(name) else name


def _own_name(written: str) -> str:
    """The name of the only subject that a phrase consists of, in whatever case form."""
    words = folded(written)
    exact = next((name for name in SUBJECTS if folded(name) == words), "")
    found = exact or subject_in(words)
    return found if found and len(found.split()) == len(words.split()) else ""
