"""Results of ВПР do not judge heads: an indicator of heads' efficiency refuses inputs that come from ВПР.

By the recommendations of Rosobrnadzor results of ВПР serve help and are not used to assess people. An indicator is of
heads when it stands in the direction of monitoring of their efficiency or says so in its name; it comes from ВПР when
its name, its source of data or a linked source says so, or when its formula reads such an indicator, however far down.
"""

import re
from collections.abc import Iterator

from apps.core.findings import Finding, error
from apps.indicators import formulas
from apps.indicators.compiling import Catalogue, dependents_of
from apps.indicators.models import Indicator, IndicatorVersion, SourceLink

HEADS_DIRECTION = "2.1"  # «Система мониторинга эффективности руководителей…»
# ФИС ОКО gives results of ВПР only; direction ОБ counts its markers from them.
_VPR = re.compile(
    r"(?<!\w)впр(?!\w)|всероссийск\w+ проверочн\w+ работ|фис\s*око|направлени\w+\s+об(?!\w)", re.IGNORECASE
)
FIS_OKO = "fis-oko"  # among the sources of data
_HEADS = re.compile(r"эффективн\w+\b.{0,60}\b(?:руководител|директор|заведующ)", re.IGNORECASE)
WHY = "По рекомендациям Рособрнадзора результаты ВПР служат помощи и не используются для оценки работы людей."


def comes_from_vpr(name: str, data_source: str) -> bool:
    return bool(_VPR.search(name) or _VPR.search(data_source))


def is_of_heads(name: str, direction: str) -> bool:
    return direction == HEADS_DIRECTION or bool(_HEADS.search(name))


def _inputs(tree: formulas.Node, catalogue: Catalogue) -> set[str]:
    """Codes that the formula reads, directly and through other formulas."""
    found: set[str] = set()
    waiting = list(formulas.references(tree))
    while waiting:
        code = waiting.pop()
        if code in found:
            continue
        found.add(code)
        below = catalogue.tree(code)
        if below is not None:
            waiting += formulas.references(below)
    return found


def _from_vpr(codes: set[str]) -> list[str]:
    rows = IndicatorVersion.objects.current().filter(indicator__code__in=codes)
    found = {code for code, name, source in rows.values_list("indicator__code", "name", "data_source")
             if comes_from_vpr(name, source)}  # fmt: skip
    linked = SourceLink.objects.filter(source__code=FIS_OKO, indicator__code__in=codes)
    return sorted(found | set(linked.values_list("indicator__code", flat=True)))


def _of_heads(codes: list[str]) -> list[str]:
    rows = IndicatorVersion.objects.current().filter(indicator__code__in=codes)
    found = rows.values_list("indicator__code", "name", "indicator__direction__code")
    return sorted(code for code, name, direction in found if is_of_heads(name, direction or ""))


def faults(
    *, code: str, name: str, data_source: str, direction: str, tree: formulas.Node | None, catalogue: Catalogue
) -> Iterator[Finding]:
    """What speaks against a definition: as an indicator of heads, and as an input of one."""
    inputs = _from_vpr(_inputs(tree, catalogue)) if tree is not None else []
    if not inputs and not comes_from_vpr(name, data_source):
        return
    if is_of_heads(name, direction):
        what = f"показатель об эффективности руководителей опирается на ВПР: {', '.join(inputs) or name}"
        yield error("heads_by_vpr", what, action=f"{WHY} Уберите эти показатели из формулы.")
    elif code and (readers := _of_heads(dependents_of(code, catalogue))):
        what = f"через этот показатель считается эффективность руководителей: {', '.join(readers)}"
        yield error("heads_by_vpr", what, action=f"{WHY} Сначала уберите показатель из этих формул.")


def direction_of(indicator: Indicator | None, given: str, parent: str = "") -> str:
    """The direction of an indicator that stands, else the one it is proposed for, else that of its parent."""
    if indicator is None:
        if given or not parent:
            return given
        indicator = Indicator.objects.select_related("direction").filter(code=parent).first()
    return indicator.direction.code if indicator and indicator.direction else ""
