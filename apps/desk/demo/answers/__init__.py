"""What an invented organisation answers in the three forms of самообследование. No Django here.

An answer is a number, yes or no, or None where the row does not apply. The answers of a form agree with each
other: parts never exceed the whole, sums by level are exact, equipment is named only where the room exists.
"""

from collections.abc import Callable
from decimal import Decimal

from apps.desk.demo.answers import dod, doo, oo
from apps.desk.demo.chance import Draw

Answer = int | Decimal | bool | None
Answers = dict[str, Answer]

# By pack; the key of an answer is the row's number in the pack.
FORMS: dict[str, Callable[[Draw], Answers]] = {"so_oo": oo.answers, "so_doo": doo.answers, "so_dod": dod.answers}
PROGRAMMES = {
    "so_oo": ("primary", "basic", "secondary"),
    "so_doo": ("preschool",),
    "so_dod": ("additional",),
}
