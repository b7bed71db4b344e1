"""What the signs are: the six of the municipal Concept and the profile of schools with low results.

Data, no Django: the title, what the threshold means, further settings, the rule in words and where it comes from.
The Concept names the signs and gives no rules; thresholds are proposals until the authority confirms them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

CONCEPT = "Признак назван в Концепции МСОКО (приказ от 15.12.2022 № 283); правило и порог — предложение разработчиков."
CAUTION = "Это маркер, а не вывод: он требует проверки."


@dataclass(frozen=True)
class Parameter:
    """A further setting of a rule: a number in its bounds, or a line of words."""

    key: str
    label: str
    default: str
    help: str = ""
    least: Decimal | None = None  # None: a line of words
    most: Decimal | None = None

    @property
    def is_number(self) -> bool:
        return self.least is not None


@dataclass(frozen=True)
class SignKind:
    """A sign: `number` as the Concept has it, 0 for the profile beside the six."""

    code: str
    number: int
    title: str
    short: str
    threshold_label: str
    threshold_unit: str
    threshold: Decimal
    minimum_label: str
    minimum: int
    formula: tuple[str, ...]
    source_state: str
    act: str
    parameters: tuple[Parameter, ...] = ()
    data: str = ""  # what it is counted from

    @property
    def name(self) -> str:
        """«Признак 3» or «ШНОР»."""
        return f"Признак {self.number}" if self.number else self.short


KINDS = (
    SignKind(
        "low_exams",
        1,
        "Низкие результаты по итогам ГИА",
        "низкие результаты ГИА",
        "Доля не преодолевших порог, от которой признак отмечается",
        "%",
        Decimal(30),
        "Выпускников не меньше",
        10,
        (
            "Доля = 100 × выпускники с результатом ниже минимального / выпускники класса; отдельно русский язык и "
            "математика, 9 и 11 классы, и не получившие аттестат.",
            "Отставание = 100 × (средний балл муниципалитета − средний балл школы) / средний балл муниципалитета.",
            "Признак отмечается, если хотя бы одна доля не ниже порога или отставание не меньше заданного.",
        ),
        "proposal",
        CONCEPT,
        (
            Parameter(
                "lag", "Отставание среднего балла, %", "10",
                "От среднего по муниципалитету, в процентах от него.", Decimal(1), Decimal(50),
            ),
        ),
        "показатели самообследования 1.6–1.15 и протоколы ГИА",
    ),
    SignKind(
        "biased_results",
        2,
        "Необъективные результаты ВПР",
        "необъективные результаты ВПР",
        "Маркеров не меньше",
        "",
        Decimal(1),
        "Участников не меньше",
        10,
        (
            "Считаются маркеры анализа объективности за год: скачки на границах отметок, расхождение с журналом и "
            "другие; каждый маркер и его правило стоят рядом.",
            "Признак отмечается, если маркеров не меньше порога. Он никогда не говорит о нарушении: сильная школа тоже "
            "может получить маркер.",
        ),
        "proposal",
        CONCEPT,
        (),
        "прогон анализа объективности",
    ),
    SignKind(
        "unstable",
        3,
        "Нестабильные результаты, отрицательная динамика",
        "нестабильные результаты",
        "Снижение за три года",
        "п. п.",
        Decimal(10),
        "Участников в каждом году не меньше",
        10,
        (
            "Качество = 100 × отметки «4» и «5» / участники с отметкой. Складываются одни и те же работы (предмет и "
            "класс), которые школа писала все три года; ВПР и ОГЭ — отдельно.",
            "Отрицательная динамика — качество снижалось два года подряд и всего не меньше порога.",
            "Нестабильность — размах качества за три года (наибольшее минус наименьшее) не меньше заданного.",
            "Участники разных лет — разные ученики, работы разных лет — разные: возможное объяснение, а не ошибка.",
        ),
        "proposal",
        CONCEPT + " Рост доли «2» на 10 п. п. называют рекомендации ФИОКО (по вторичному источнику).",
        (
            Parameter(
                "spread", "Размах качества, п. п.", "25",
                "Разница наибольшего и наименьшего значения за три года.", Decimal(1), Decimal(100),
            ),
        ),
        "результаты ВПР и ОГЭ за три учебных года",
    ),
    SignKind(
        "failing_share",
        4,
        "Доля отметок «2» не ниже порога",
        "высокая доля «2» в ГИА и ВПР",
        "Доля отметок «2», от которой признак отмечается",
        "%",
        Decimal(30),
        "Участников не меньше",
        10,
        (
            "Доля = 100 × участники с отметкой «2» / участники с отметкой, по каждой работе ВПР и каждому экзамену.",
            "Доля ниже минимального балла ЕГЭ и ГИА-9 берётся из самообследования, пока нет протоколов экзамена.",
            "Признак отмечается, если доля не ниже порога хотя бы в одной работе. Под долей стоит интервал Уилсона "
            "с доверием 95 %.",
        ),
        "unconfirmed",
        "Порог 30 % известен из практики выявления школ с низкими результатами; "
        "текст федерального акта не найден. Значение — предложение разработчиков.",
        (),
        "результаты ВПР и ГИА по работам",
    ),
    SignKind(
        "contests",
        5,
        "Низкий уровень участия в интеллектуальных конкурсах",
        "низкое участие в конкурсах",
        "Отставание от похожих школ",
        "%",
        Decimal(25),
        "Учащихся не меньше",
        30,
        (
            "Доля = 100 × участники олимпиад, смотров и конкурсов / учащиеся (показатель 1.18).",
            "Отставание = 100 × (доля группы похожих школ − доля школы) / доля группы. Группа — кластер школы; доля "
            "группы складывается из численностей её школ.",
            "Признак отмечается, если отставание не меньше порога. Без группы из пяти и более школ признак не "
            "оценивается.",
        ),
        "proposal",
        CONCEPT,
        (),
        "показатель самообследования 1.18 и группы похожих школ",
    ),
    SignKind(
        "social",
        6,
        "Неблагоприятные социальные условия",
        "социальные условия",
        "Индекс не выше",
        "из 100",
        Decimal(25),
        "Учащихся не меньше",
        10,
        (
            "Индекс социального благополучия (0–100) складывается из стандартизованных показателей социального "
            "паспорта с весами; больше — благополучнее.",
            "Признак отмечается, если индекс не выше порога. Он говорит об условиях, в которых работает школа, а не о "
            "её работе.",
        ),
        "unconfirmed",
        CONCEPT + " Федеральной формулы индекса нет: показатели и веса задаёт муниципалитет.",
        (),
        "индекс социальных условий из раздела «Контекст»",
    ),
    SignKind(
        "low_results",
        0,
        "Школа с низкими образовательными результатами",
        "ШНОР",
        "Доля получивших «2» или не преодолевших минимум",
        "%",
        Decimal(30),
        "Участников не меньше",
        10,
        (
            "Процедура считается низкой, если не преодолели минимум не меньше заданной доли участников.",
            "Школа отмечается, если низких процедур за год не меньше заданного числа или одна и та же процедура низкая "
            "два года подряд.",
            "Если участников меньше наименьшего числа, год не оценивается; вместо него складываются три года.",
        ),
        "unconfirmed",
        "Правило приведено по акту проверки 2025 года; федеральный текст не найден.",
        (
            Parameter(
                "procedures", "Низких процедур за год не меньше", "2", "", Decimal(1), Decimal(20),
            ),
            Parameter(
                "subjects", "Предметы", "Русский язык, Математика",
                "Через запятую, как в перечне процедур.",
            ),
            Parameter("grades", "Классы ВПР", "5, 6, 7, 8", "Через запятую. ОГЭ и ЕГЭ учитываются всегда."),
        ),
        "результаты ВПР и ОГЭ за три учебных года; экзамены без протоколов — из самообследования",
    ),
)  # fmt: skip
BY_CODE: Mapping[str, SignKind] = {kind.code: kind for kind in KINDS}
SIX = tuple(kind for kind in KINDS if kind.number)


def defaults_of(kind: SignKind) -> dict[str, str]:
    return {parameter.key: parameter.default for parameter in kind.parameters}


def number_of(parameters: Mapping[str, str], kind: SignKind, key: str) -> Decimal:
    """A setting as a number; its default where the stored text is none."""
    default = defaults_of(kind)[key]
    try:
        return Decimal(str(parameters.get(key, default)).replace(",", "."))
    except InvalidOperation:
        return Decimal(default)


def words_of(parameters: Mapping[str, str], kind: SignKind, key: str) -> tuple[str, ...]:
    """A setting as words that were parted by commas."""
    text = str(parameters.get(key, defaults_of(kind)[key]))
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)
