"""What a measurement says, in sentences. Never more than the design allows."""

from typing import Any

from apps.core.figures import percent, plural
from apps.roadmaps.effect.figures import Figure
from apps.roadmaps.effect.models import Expectation, Measurement

Verdict = Measurement.Verdict
NO_CAUSE = (
    "Это сравнение похожих организаций, а не опыт со случайным выбором: на разницу могло повлиять и то, чего портал "
    "не знает (другие меры, смена учителей и состава учеников). Мера могла быть причиной, доказательством это не "
    "является."
)
VPR = (
    "Основано на ВПР: результат служит только помощи школам. Ранжировать по нему школы, оценивать директоров и "
    "учителей нельзя."
)
NOTABLY_LOWER = 0.2  # of the deviation of levels; the same bound is in «small» of Cohen 1988


def interval(row: Measurement, figure: Figure) -> str:
    return f"от {figure.changed(row.low)} до {figure.changed(row.high)}"


def sentence(row: Measurement, figure: Figure) -> str:
    """The plain result."""
    if row.verdict == Verdict.BROKEN:
        return f"Сравнивать нельзя: {_small(row.result.get('why', ''))}"
    if row.verdict == Verdict.FEW or row.estimate is None:
        return f"Данных мало. {row.result.get('why', '')}".strip()
    size, bounds = figure.size(row.estimate), interval(row, figure)
    if row.verdict == Verdict.VISIBLE:
        way = "выросло" if row.estimate > 0 else "снизилось"
        return (
            f"Эффект есть: у адресованных значение {way} на {size} сильнее, чем у похожих организаций без меры "
            f"(95-процентный интервал {bounds})."
        )
    if row.verdict == Verdict.WORSE:
        return (
            f"Изменение в худшую сторону: у адресованных на {size} хуже, чем у похожих организаций без меры "
            f"(95-процентный интервал {bounds})."
        )
    return (
        f"Эффект не виден: разница с похожими организациями {figure.changed(row.estimate)} (95-процентный интервал "
        f"{bounds}) не отличается от случайной."
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def beside_expected(row: Measurement, expectation: Expectation, figure: Figure) -> str:
    """How the result stands to what was expected and to what could be seen at all."""
    if row.estimate is None or row.low is None or row.high is None:
        return ""
    wanted = expectation.expected_change
    found = f"Ожидали {figure.changed(wanted)}: "
    if row.low <= wanted <= row.high:
        found += "это внутри интервала, такой эффект данным не противоречит."
    else:
        found += "интервал этого не включает."
    least = expectation.least.get("effect")
    if row.verdict == Verdict.UNSEEN:
        found += " «Не виден» не значит «эффекта нет»"
        found += f": эти организации могли показать эффект от {figure.size(least)}." if least else "."
    return found


def to_the_mean(own: float, other: float, grown: float, figure: Figure, spread: float) -> str:
    """Regression to the mean: said where the addressed had lower values, in whichever direction is worse."""
    side = figure.better or 1
    if side * (other - own) < NOTABLY_LOWER * spread:
        return ""
    itself = "подрастают" if side > 0 else "снижаются"
    word = "низкими" if side > 0 else "высокими"
    return (
        f"Меру адресовали организациям с {word} значениями: в среднем {figure.written(own)} против "
        f"{figure.written(other)} у остальных. Такие значения отчасти случайны и в следующем году чаще {itself} сами. "
        f"У похожих организаций без меры за то же время изменение составило {figure.changed(grown)} — эта часть "
        "эффектом не считается."
    )


def least_words(least: dict[str, Any], figure: Figure, expected: Any = None) -> str:
    """What the organisations can show, and whether what is expected would be seen."""
    effect = least.get("effect")
    if effect is None:
        return str(least.get("why") or "Наименьший заметный эффект не оценён.")
    number = least["addressed"]
    whom = plural(number, "организация может", "организации могут", "организаций могут")
    found = f"{number} {whom} показать эффект от {figure.size(effect)}: меньший портал, скорее всего, не увидит."
    if expected is None:
        return found
    if abs(float(expected)) < effect:
        return f"{found} Ожидается {figure.changed(expected)} — это меньше."
    return f"{found} Ожидается {figure.changed(expected)} — этого достаточно."


def share(value: float) -> str:
    return percent(100 * value, 1)
