"""What a test found, in one neutral sentence with its figures. No Django here."""

from collections.abc import Callable, Mapping

from apps.analysis.objectivity import signs
from apps.core.figures import NO_DATA, figure, percent, plural


def probability(value: float | None) -> str:
    """`0,032`, `< 0,001`; «нет данных» where a test states none."""
    if value is None:
        return NO_DATA
    return "< 0,001" if value < 0.001 else figure(value, 3)


def _pupils(count: float) -> str:
    whole = round(count)
    return f"{whole} {plural(whole, 'участник', 'участника', 'участников')}"


def _f(value: float, decimals: int = 2) -> str:
    return figure(value, decimals)


def _signed(value: float) -> str:
    text = _f(value)
    return f"+{text}" if value > 0 and text != "0,00" else text


Detail = Mapping[str, float]


def _mean(_: float, of: Detail) -> str:
    return (
        f"Средний балл {_f(of['mean'])}, нижняя граница {_f(of['lower'])}; в регионе среднее "
        f"{_f(of['region_mean'])}, верхняя граница {_f(of['region_upper'])}."
    )


def _mismatch(statistic: float, _: Detail) -> str:
    return f"Связь балла за работу с отметкой в журнале: r = {_f(statistic)}."


def _change(statistic: float, of: Detail) -> str:
    return (
        f"4 класс годом раньше — {percent(of['before'])}, 5 класс — {percent(of['after'])}: K = {_f(statistic)}, "
        f"обычно от {_f(of['low'])} до {_f(of['high'])}."
    )


def _spike(_: float, of: Detail) -> str:
    return (
        f"Ровно на границах отметок — {_pupils(of['observed'])} из {_f(of['near'], 0)}, стоящих у границ; при обычной "
        f"доле было бы около {_f(of['expected'], 1)}."
    )


def _hard(_: float, of: Detail) -> str:
    return (
        f"При той же сумме баллов: за трудные задания {_signed(of['hard'])}, за простые {_signed(of['simple'])} балла "
        "на участника против других школ."
    )


def _journal(statistic: float, _: Detail) -> str:
    return f"При той же отметке в журнале отметка за работу: {_signed(statistic)} против других школ."


def _rows(statistic: float, of: Detail) -> str:
    pairs = round(statistic)
    alike = f" ({_pupils(of['alike'])})" if pairs else ""
    counted = f"{pairs} {plural(pairs, 'пара', 'пары', 'пар')}"
    return f"Совпавших работ: {counted}{alike}; случайно было бы около {_f(of['expected'])}."


def _exam(_: float, of: Detail) -> str:
    return (
        f"ВПР 8 класса — {percent(of['work'])}, ОГЭ — {percent(of['exam'])}; по другим школам ожидалось "
        f"{percent(of['expected'])}."
    )


_SENTENCES: dict[str, Callable[[float, Detail], str]] = {
    signs.MEAN: _mean,
    signs.MISMATCH: _mismatch,
    signs.RISE: _change,
    signs.FALL: _change,
    signs.SPIKE: _spike,
    signs.HARD: _hard,
    signs.JOURNAL: _journal,
    signs.ROWS: _rows,
    signs.EXAM: _exam,
}


def sentence(test: str, statistic: float, detail: Detail) -> str:
    """The finding of one school; every figure is of the school unless it is said otherwise."""
    return _SENTENCES[test](statistic, detail)
