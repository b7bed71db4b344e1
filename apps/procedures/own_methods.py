"""The methods of this room, for the public page: formulas, sources, states, least numbers."""

from collections.abc import Iterator

from apps.procedures import statistics
from apps.procedures.methods import Method, State
from apps.procedures.weights import sou_weights

MARKS, WORK, ITEMS, COMPARING, COUNTING = (
    "Отметки",
    "Работа в целом",
    "Задания и дефициты",
    "Сравнение",
    "Кто и как учитывается",
)
WILSON = "Уилсона, 95 %"
STUDENT = "Стьюдента для среднего, 95 %"
FIOKO = "Рекомендации ФИОКО по анализу результатов ВПР, 2026 (известны по вторичному источнику)"


def own_methods() -> Iterator[Method]:
    yield from _marks()
    yield from _work()
    yield from _items()
    yield from _comparing()
    yield from _counting()


def _marks() -> Iterator[Method]:
    usual = "общепринятая"
    yield Method(MARKS, "Успеваемость, %", "100 · (n3 + n4 + n5) / N", usual, State.METHOD, WILSON, "10 с отметкой")
    yield Method(MARKS, "Качество знаний, %", "100 · (n4 + n5) / N", usual, State.METHOD, WILSON, "10 с отметкой")
    yield Method(
        MARKS, "Средняя отметка", "(2·n2 + 3·n3 + 4·n4 + 5·n5) / N", usual, State.METHOD, STUDENT, "10 с отметкой"
    )
    two, three, four, five = sou_weights()
    yield Method(
        MARKS, "СОУ, степень обученности, %", f"({five}·n5 + {four}·n4 + {three}·n3 + {two}·n2) / N",
        "В. П. Симонов; встречаются и другие веса, поэтому они задаются в настройках", State.UNCONFIRMED, STUDENT,
        "10 с отметкой",
    )  # fmt: skip
    yield Method(
        MARKS, "Понизили, подтвердили, повысили, %",
        "отметка за работу ниже, равна или выше отметки в журнале, среди тех, у кого есть обе",
        "отчёт ФИС ОКО «Сравнение отметок с отметками по журналу»", State.OFFICIAL, WILSON, "10 с обеими отметками",
    )  # fmt: skip
    yield Method(
        MARKS, "Расхождение на две отметки и больше, %", "|отметка − отметка в журнале| ≥ 2, среди имеющих обе",
        FIOKO, State.UNCONFIRMED, WILSON, "10 с обеими отметками",
    )  # fmt: skip


def _work() -> Iterator[Method]:
    usual = "общепринятая"
    yield Method(
        WORK, "Средний первичный балл", "Σ баллов / n", usual, State.METHOD, STUDENT, "2; до 10 — «данных мало»"
    )
    yield Method(WORK, "Медиана", "середина ряда баллов; между двумя средними — их среднее", usual, State.METHOD)
    yield Method(
        WORK, "Стандартное отклонение и коэффициент вариации", "s = √(Σ(x − x̄)² / (n − 1)); CV = s / x̄", usual,
        State.METHOD, least="2",
    )  # fmt: skip
    yield Method(
        WORK, "Индекс 25/75",
        "100 · Q25 / Q75 первичного балла; по предмету — среднее индексов классов 4–8. Ближе к 100 — слабая и сильная "
        "четверти пишут похоже", "практика одного региона", State.UNCONFIRMED, least="10 в классе",
    )  # fmt: skip
    yield Method(
        WORK, "Выполнение работы, %", "100 · Σ баллов / (n · максимум работы)",
        "методика «Уровень объективности оценки образовательных результатов»", State.OFFICIAL, STUDENT, "10",
    )  # fmt: skip
    yield Method(
        WORK, "Форма распределения баллов", "от 50 участников — информативна, 20–49 — примерна, меньше 20 — условна",
        FIOKO, State.UNCONFIRMED,
    )  # fmt: skip


def _items() -> Iterator[Method]:
    basic, advanced = statistics.CORRIDORS["Б"], statistics.CORRIDORS["П"]
    yield Method(
        ITEMS, "Выполнение задания, %",
        "100 · Σ баллов / (участники · максимум). «X» — ноль; «не пройд.» и пустые ячейки не участвуют. Это не доля "
        "выполнивших полностью",
        "отчёты ФИС ОКО; правило для «не пройд.» не подтверждено", State.METHOD,
        "Уилсона для заданий в 1 балл и там, где у всех поровну, Стьюдента для остальных, 95 %", "10",
    )  # fmt: skip
    yield Method(
        ITEMS, "Полный балл, часть баллов, ноль, %", "доли участников; вместе 100 %", "отчёты ФИС ОКО", State.METHOD,
        WILSON, "10",
    )  # fmt: skip
    yield Method(
        ITEMS, "Коридор выполнения по уровню сложности",
        f"базовый: достаточно с {basic.enough:f} %, недостаточно ниже {basic.poor:f} %; повышенный и высокий: с "
        f"{advanced.enough:f} % и ниже {advanced.poor:f} %; между ними — неопределённость".replace(".", ","),
        FIOKO, State.UNCONFIRMED, least="10",
    )  # fmt: skip
    yield Method(
        ITEMS, "Различающая сила задания",
        "корреляция балла за задание с суммой остальных. От 0,4 — высокая, 0,3–0,39 — хорошая, 0,2–0,29 — "
        "приемлемая, ниже 0,2 — слабая; отрицательная вместе со своим интервалом — проверить ключ и ход работы",
        "классическая теория тестов; границы чтения не подтверждены", State.UNCONFIRMED,
        "преобразование Фишера, 95 %", "30",
    )  # fmt: skip
    yield Method(
        ITEMS, "Задания по группам отметок", "выполнение задания у получивших «2», «3», «4», «5»; кривые не должны "
        "пересекаться: пересечение требует объяснения", FIOKO, State.UNCONFIRMED, "как у выполнения задания",
        "10 в группе",
    )  # fmt: skip
    yield Method(
        ITEMS, "Системный дефицит умения, блока или элемента содержания",
        "заданий на него не меньше двух и больше половины из них — ниже границы своего уровня", FIOKO,
        State.UNCONFIRMED, least="10 участников, 2 задания",
    )  # fmt: skip


def _comparing() -> Iterator[Method]:
    yield Method(
        COMPARING, "Муниципалитет, группа, кластер", "складываются участники, а не проценты школ", "правило портала",
        State.PROPOSAL, least="для школы — суммы не менее трёх организаций",
    )  # fmt: skip
    yield Method(
        COMPARING, "Отличие школы от остальных школ муниципалитета по заданию, п. п.",
        "разность с остальными школами (без самой школы); знак отличия ставится, когда интервал разности не "
        "включает ноль", "Р. Ньюкомб, 1998 (доли); Г. Цзоу, А. Доннер, 2008 (средние)", State.METHOD,
        "из интервалов обеих сторон, 95 %", "10 с каждой стороны",
    )  # fmt: skip
    yield Method(
        COMPARING, "Регион и страна", "берутся из сводных отчётов ФИС ОКО, когда их загрузили; не складываются",
        "отчёты ФИС ОКО", State.OFFICIAL,
    )  # fmt: skip
    yield Method(
        COMPARING, "Годы одной работы", "сравниваются годы, в которых совпадают номера, максимумы, уровни и умения "
        "заданий; между разными работами линия разорвана", FIOKO, State.UNCONFIRMED, "как у показателя", "10",
    )  # fmt: skip
    yield Method(
        COMPARING, "Та же параллель через год (ВПР 4 → 5, ВПР 8 → ОГЭ)",
        "по школе в целом: коды участников между годами не связаны. Если число участников изменилось больше чем на "
        "20 %, сравнение условно", "правило портала", State.PROPOSAL,
        "разности долей по Ньюкомбу, 95 %; состав почти один, поэтому он скорее широк", "10 в каждом году",
    )  # fmt: skip
    yield Method(
        COMPARING, "Падение качества между ВПР 8 и ОГЭ",
        "больше чем на 20 п. п.: повод посмотреть на школьное оценивание, а не вывод", "встречается в практике",
        State.UNCONFIRMED, least="10",
    )  # fmt: skip
    yield Method(
        COMPARING, "Полосы тестового балла ЕГЭ", "ниже минимального; до 60; 61–80; 81–100; отдельно 100",
        "условные полосы", State.UNCONFIRMED, WILSON, "10",
    )  # fmt: skip


def _counting() -> Iterator[Method]:
    yield Method(
        COUNTING, "Кто писал", "есть балл или хотя бы одно оценённое задание, вариант не «отсутствовал»",
        "правило портала", State.PROPOSAL,
    )  # fmt: skip
    yield Method(
        COUNTING, "Карантин", "балл выше максимума задания, невозможная отметка, нечитаемая ячейка или повтор кода: "
        "строка не учитывается, пока её не разберут", "правило портала", State.PROPOSAL,
    )  # fmt: skip
    yield Method(
        COUNTING, "Классы и учителя", "результаты по классам и учителям не строятся: файл с несколькими классами "
        "анализируется только по школе в целом",
        "Рекомендации Рособрнадзора: результаты ВПР не используют для оценки педагогов", State.OFFICIAL,
    )  # fmt: skip
