"""The forms of the nine plans: parts never exceed their wholes, numbers fit the size of the organisation.

Which row is a part of which is read from the checks of the form; how large a whole is stands here.
"""

from collections.abc import Mapping, Sequence

from apps.desk.demo.catalog import ADDITIONAL
from apps.desk.demo.chance import Draw

# A whole as a share of the pupils, or (from 1 on, unless a share of one) as a number of things.
SHARES = {
    "plan_1.1.1": 0.88, "plan_1.2.1": 0.2, "plan_2.1.1": 1.0, "plan_2.3.1": 0.07, "plan_3.1.1": 1.0,
    "plan_3.1.5": 0.04, "plan_3.1.6": 0.07, "plan_3.2.1": 0.35, "plan_3.2.2": 0.07, "plan_3.2.4": 0.2,
    "plan_3.3.1": 0.02, "plan_3.3.2": 0.006, "plan_4.2.4": 0.3, "plan_4.3.1": 0.1, "plan_4.3.3": 0.05,
    "plan_4.3.5": 0.03, "plan_5.1.5": 0.9, "plan_5.1.7": 0.004, "plan_5.3.1": 0.02, "plan_6.3.3": 0.05,
    "plan_7.1.1": 0.08, "plan_7.1.3": 0.072, "plan_8.1.1": 1.0, "plan_8.2.3": 1.4, "plan_8.4.4": 0.02,
    "plan_9.2.1": 0.1, "plan_9.3.1": 0.9, "plan_9.3.3": 0.6,
    **{f"plan_4.1.{2 * n + 1}": 0.1 if n < 4 else 0.05 for n in range(6)},
}  # fmt: skip
THINGS = {
    "plan_1.3.2": 24, "plan_2.2.3": 10, "plan_3.3.3": 4, "plan_4.2.1": 12, "plan_4.2.2": 30, "plan_4.2.3": 8,
    "plan_5.1.1": 24, "plan_5.1.3": 30, "plan_5.2.2": 20, "plan_5.3.2": 5, "plan_6.2.1": 2, "plan_6.3.1": 9,
    "plan_7.2.1": 2, "plan_8.1.3": 15, "plan_8.1.4": 4, "plan_8.2.2": 9, "plan_8.3.2": 8, "plan_9.2.4": 1,
}  # fmt: skip
# Parts that are not about a half of their whole.
PARTS = {"plan_2.1.2": 0.25, "plan_2.1.3": 0.12, "plan_7.1.4": 0.27, "plan_7.1.5": 0.18, "plan_7.1.6": 0.13,
         "plan_7.1.7": 0.46, "plan_7.4.3": 0.05, "plan_9.2.2": 0.96}  # fmt: skip
REST = {"plan_7.1.8": ("plan_7.1.3", "plan_7.1.6", "plan_7.1.7")}  # what is left of the whole
ALREADY_COUNTED = "plan_3.1.3"  # pupils of schools in an organisation of additional education
COVERED = "plan_3.1.2"
LEAST_FOR_ONE_PSYCHOLOGIST = 550
Answer = int | bool | None


def answers(draw: Draw, keys: Sequence[str], parts: Mapping[str, str], bad: frozenset[str]) -> dict[str, Answer]:
    """By the key of a row. `parts` maps a part to its whole; `bad` are rows of which less is better."""
    found: dict[str, Answer] = {}
    for key in keys:
        number = _one(draw, key, parts, found, key in bad)
        if number is not None:
            found[key] = number
    return found


def _one(draw: Draw, key: str, parts: Mapping[str, str], found: Mapping[str, Answer], is_bad: bool) -> Answer:
    size = draw.portrait.size
    if key == ALREADY_COUNTED:
        return draw.count(key, int(found[COVERED] or 0), 0.7) if ADDITIONAL in draw.portrait.programmes else None
    if key == "plan_8.4.1":
        return max(1, size // LEAST_FOR_ONE_PSYCHOLOGIST)
    if key in REST:
        whole, *others = (int(found.get(other) or 0) for other in REST[key])
        return max(0, whole - sum(others))
    if key in parts:
        whole = int(found.get(parts[key]) or 0)
        usual = 0.06 if is_bad else 0.45 + 0.01 * (sum(map(ord, key)) % 40)
        base = PARTS.get(key, usual)
        return draw.count(key, whole, base, strength=-0.3 if is_bad else 0.25, trend=-0.05 if is_bad else 0.06)
    return _whole(draw, key, size)


def _whole(draw: Draw, key: str, size: int) -> Answer:
    """A number of people by the size of the organisation, a number of things, or yes or no."""
    if SHARES.get(key) == 1:
        return size
    if key in SHARES:
        people = size * SHARES[key]
        return max(0, round(draw.number(key, people, spread=people * 0.04)))
    if key in THINGS:
        return max(0, round(draw.number(key, THINGS[key], spread=THINGS[key] * 0.25)))
    return draw.yes(key, 0.72, strength=0.5)
