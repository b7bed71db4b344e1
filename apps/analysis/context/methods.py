"""Settings of the methods that the authority may change, and all methods of context as data for the public page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from apps.analysis.clusters import partition
from apps.analysis.clusters.reasons import NOTABLE
from apps.analysis.context import correlation, funnel, regression, results, weighing
from apps.analysis.context.models import MethodSettings, SocialIndex
from apps.analysis.context.resilience import Rule
from apps.core.figures import figure
from apps.indicators.models import IndicatorVersion
from apps.procedures.methods import Method, State

Source = IndicatorVersion.Source


@dataclass(frozen=True)
class Parameter:
    """A number of a method with its bounds; whole where `decimals` is 0."""

    code: str
    label: str
    default: Decimal
    least: Decimal
    most: Decimal
    decimals: int = 0


@dataclass(frozen=True)
class Adjustable:
    """A method whose numbers are settings."""

    code: str
    title: str
    parameters: tuple[Parameter, ...]
    act: str
    source_state: str = Source.UNCONFIRMED


def _parameter(code: str, label: str, default: str, bounds: tuple[int, int], decimals: int = 0) -> Parameter:
    return Parameter(code, label, Decimal(default), Decimal(bounds[0]), Decimal(bounds[1]), decimals)


RESILIENCE = Adjustable(
    "resilience",
    "Резильентные школы",
    (
        _parameter("lowest", "Контекст: нижняя часть школ, %", "25", (5, 50)),
        _parameter("top", "Результат: верхняя часть школ, %", "33.3", (5, 50), 1),
        _parameter("residual", "Или остаток не меньше, стандартных отклонений", "1", (0, 3), 1),
        _parameter("years", "Сколько лет", "2", (1, 5)),
        _parameter("window", "Из скольких последних лет", "3", (1, 5)),
    ),
    "Идея известна из международных исследований; рабочее правило — предложение разработчиков, акт не найден.",
)
EXPECTED = Adjustable(
    "expected",
    "Ожидаемый результат при данном контексте",
    (_parameter("level", "Доверие интервала, %", "95", (80, 99)),),
    "Линия по школам муниципалитета — предложение разработчиков; метод описан в литературе по метаанализу.",
    Source.PROPOSAL,
)
ADJUSTABLE = {one.code: one for one in (EXPECTED, RESILIENCE)}


@dataclass(frozen=True)
class Current:
    """The settings in force with their source; version 0 are the defaults of the developers."""

    method: Adjustable
    values: Mapping[str, Decimal]
    version: int
    source_state: str
    act: str
    row: MethodSettings | None = None

    @property
    def state_text(self) -> str:
        return str(Source(self.source_state).label)

    @property
    def tone(self) -> str:
        return {"official": "good", "municipal": "good", "proposal": "info"}.get(self.source_state, "warn")

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(one.label, figure(self.values[one.code], one.decimals)) for one in self.method.parameters]


def current(code: str) -> Current:
    method = ADJUSTABLE[code]
    row = MethodSettings.objects.current(code)
    stored = row.values if row else {}
    values = {one.code: Decimal(stored.get(one.code, str(one.default))) for one in method.parameters}
    if row is None:
        return Current(method, values, 0, method.source_state, method.act)
    return Current(method, values, row.version, row.source_state, row.act, row)


def resilience_rule() -> Rule:
    values = current("resilience").values
    return Rule(
        lowest=float(values["lowest"]),
        top=float(values["top"]),
        residual=float(values["residual"]),
        years=int(values["years"]),
        window=int(values["window"]),
    )


def level() -> float:
    return float(current("expected").values["level"]) / 100


# --- for the public page

SECTION = "Контекст и кластеры"
STATES = {
    Source.OFFICIAL: State.OFFICIAL,
    Source.MUNICIPAL: State.OFFICIAL,
    Source.PROPOSAL: State.PROPOSAL,
    Source.UNCONFIRMED: State.UNCONFIRMED,
}


def own_methods() -> Iterator[Method]:
    yield from _clusters()
    yield _index()
    yield from _expected()
    yield from _spread()
    yield _resilience()


def _clusters() -> Iterator[Method]:
    yield Method(
        SECTION,
        "Кластеры по правилам",
        "организации одного вида, одинаковые по всем выбранным правилам: местность, размер, уровень программ, ШНОР, "
        "группа индекса",
        "правила выбирает специалист; в концепции определения нет",
        State.PROPOSAL,
        least="5 организаций: в меньшем кластере медиана не показывается",
    )
    yield Method(
        SECTION,
        "Кластеры расчётом",
        "z = (x − x̄) / s по каждому показателю условий; метод Уорда (или k-средних от центров Уорда); число "
        f"кластеров — по наибольшему среднему силуэту от 2 до {partition.MOST_CLUSTERS}; отличие кластера — среднее z "
        f"не меньше {figure(Decimal(str(NOTABLE)), 1)}",
        "Ward 1963; Rousseeuw 1987 (силуэт); повторный расчёт даёт то же разбиение",
        State.METHOD,
        f"устойчивость: {partition.SAMPLES} подвыборок по 80 %, индекс Рэнда и сходство Жаккара (Hennig 2007: от "
        "0,75 — устойчив, ниже 0,6 — неустойчив)",
        f"{partition.LEAST_ORGANIZATIONS} организаций",
    )


def _index() -> Method:
    index = SocialIndex.objects.current()
    state = STATES[Source(index.source_state)] if index else State.UNCONFIRMED
    words = f"версия {index.version} от {index.created_at:%d.%m.%Y}; " if index else "индекс ещё не составлен; "
    act = (index.act if index else "") or "формула региональная, официальной нет; состав — из литературы об ИСБШ"
    return Method(
        SECTION,
        "Социальный индекс школы (ИСБШ)",
        "S = Σ вес · z (со знаком минус, если показатель затрудняет работу); индекс = 100 · (S − наименьшее S) / "
        "(наибольшее S − наименьшее S); группы — четверти",
        words + act,
        state,
        "нет: это место среди сравниваемых школ, а не измерение с ошибкой",
        f"{weighing.LEAST} школ со всеми показателями",
    )


def _expected() -> Iterator[Method]:
    now = current("expected")
    yield Method(
        SECTION,
        "Ожидаемый результат при данном контексте",
        "y = a + b · контекст; вес школы 1 / (τ² + v), v — дисперсия её среднего, τ² — разброс школ; выбросы "
        "удерживает вес Хьюбера (k = 1,345); ожидаемое школы — по линии остальных школ",
        f"DerSimonian & Laird 1986, Berkey 1995, Huber 1964. {now.act}",
        STATES[Source(now.source_state)],
        f"{figure(now.values['level'])} %, Стьюдент; внутри — «неотличимо от ожидаемого»",
        f"{regression.LEAST_SCHOOLS} школ при одном факторе и ещё {regression.MORE_A_FACTOR} на каждый следующий",
        reverse("analysis:expected"),
    )
    yield Method(
        SECTION,
        "Малые школы: три года вместе",
        f"если участников меньше {funnel.LEAST_PARTICIPANTS}, складываются участники этой же работы (вид, предмет, "
        f"класс) за {results.POOLED_YEARS} года",
        "предложение разработчиков по практике показателей малых организаций",
        State.PROPOSAL,
        least=f"{funnel.LEAST_PARTICIPANTS} участников за три года",
    )


def _spread() -> Iterator[Method]:
    yield Method(
        SECTION,
        "Воронка",
        "для среднего границы = общее среднее ± 1,96·s/√n (95 %) и ± 3,09·s/√n (99,8 %), s — отклонение участников "
        "внутри школ; для доли — точные по биномиальному распределению: с каждой стороны дальше границы не больше "
        "2,5 % (0,1 %) школ, равных общему уровню",
        "Spiegelhalter 2005, Funnel plots for comparing institutional performance",
        State.METHOD,
        "95 и 99,8 %",
        f"{funnel.LEAST_PARTICIPANTS} участников в школе, {funnel.LEAST_SCHOOLS} школ",
        reverse("analysis:funnel"),
    )
    yield Method(
        SECTION,
        "«Неотличимы» вместо мест",
        "две школы различимы, если их интервалы не пересекаются; место — от «лучших на столько-то» до «худших на "
        "столько-то». По ВПР мест нет вовсе",
        "Goldstein & Spiegelhalter 1996; рекомендации Рособрнадзора о ВПР",
        State.METHOD,
        "95 %",
        f"{funnel.LEAST_PARTICIPANTS} участников в школе",
    )
    yield Method(
        SECTION,
        "Связь фактора и результата",
        "коэффициент корреляции Пирсона; рядом — по рангам (Спирмен)",
        "общепринятая; связь не есть причина",
        State.METHOD,
        "95 %, преобразование Фишера",
        f"{correlation.LEAST} школ",
        reverse("analysis:factors"),
    )


def _resilience() -> Method:
    now = current("resilience")
    values = {one.code: figure(now.values[one.code], one.decimals) for one in RESILIENCE.parameters}
    return Method(
        SECTION,
        "Резильентные школы",
        f"контекст в нижних {values['lowest']} % и результат в верхних {values['top']} % либо остаток не меньше "
        f"{values['residual']} стандартного отклонения; {values['years']} года из {values['window']}",
        now.act,
        STATES[Source(now.source_state)],
        least=f"{regression.LEAST_SCHOOLS} школ в году",
        url=reverse("analysis:resilient"),
    )
