"""Free answers lose contacts and names before they are stored. No Django here.

The mask is deliberately greedy: a word too many hidden costs less than a pupil's name shown. What it cannot know is a
bare first name or a nickname; so a person of the authority looks at every text before others of the authority use it,
and free texts are never published.
"""

import re
from dataclasses import dataclass

MASKED_CONTACT, MASKED_NAME = "[контакт скрыт]", "[имя скрыто]"

_WORD = "[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC = "[А-ЯЁа-яё][а-яё]*(?:вич|вна|ична|инична|вича|вичу|вичем|виче|вны|вне|вну|вной|чны|чне|чну|чной)"
_SURNAME = (
    "[А-ЯЁ][а-яё]*(?:ов|ев|ёв|ин|ын|(?:ов|ев|ёв|ин|ын)(?:а|ой|у|ым|ом|е)|[сц]к(?:ий|ая|ого|ой|ому|им|ую)"
    "|ко|ук|юк|ян|ич|ых|их)"
)
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"

_CONTACTS = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"\b(?:vk\.com|t\.me|ok\.ru|wa\.me)/\S+", re.IGNORECASE),
    re.compile(r"(?<![\w.])@[A-Za-z]\w{3,}"),
    re.compile(r"(?<!\d)(?:\+7|8|7)?[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"),
    re.compile(r"(?<!\d)\d{2,3}-\d{2}-\d{2}(?!\d)"),
    re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)"),  # СНИЛС
)
_NAMES = (
    re.compile(rf"\b(?:{_SURNAME}\s+)?(?:{_WORD}\s+)?{_PATRONYMIC}\b(?:\s+{_SURNAME})?"),
    re.compile(rf"\b{_WORD}\s+{_INITIALS}"),
    re.compile(rf"\b{_INITIALS}\s?{_WORD}"),
    # Two capitalised words inside a sentence: «наша Иванова Мария», not the first word of a sentence.
    re.compile(rf"(?<=[а-яё,:;]\s){_WORD}\s+{_WORD}\b"),
)
_ORDINARY = {"Российской Федерации", "Российская Федерация", "Великой Отечественной", "Новый Год"}
_NOT_PATRONYMIC = {"главна", "москвич", "кирпич", "кулич", "паралич", "бич", "равна", "давна", "недавна", "основной"}


@dataclass(frozen=True)
class Screened:
    """The text as it may be stored, and how many places were masked."""

    text: str
    masked: int


def screen(text: str) -> Screened:
    """Mask mail addresses, links, telephone numbers, names with patronymics, initials, names and surnames."""
    masked = 0
    for pattern in _CONTACTS:
        text, count = pattern.subn(MASKED_CONTACT, text)
        masked += count
    for pattern in _NAMES:
        text, count = _mask_names(pattern, text)
        masked += count
    return Screened(text, masked)


def _mask_names(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    count = 0

    def mask(found: re.Match[str]) -> str:
        nonlocal count
        words = found.group()
        if words in _ORDINARY or _is_ordinary(words):
            return words
        count += 1
        return MASKED_NAME

    return pattern.sub(mask, text), count


def _is_ordinary(words: str) -> bool:
    """A lower-case word that only ends like a patronymic: «главной», «недавно»."""
    last = words.rsplit(maxsplit=1)[-1]
    return last[0].islower() and (words == last or last.casefold() in _NOT_PATRONYMIC)
