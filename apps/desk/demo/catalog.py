"""The invented organisations: what the register says of them and what kind of organisation each is. No Django here."""

from dataclasses import dataclass

PRESCHOOL, PRIMARY, BASIC, SECONDARY, ADDITIONAL = "preschool", "primary", "basic", "secondary", "additional"
FULL = (PRIMARY, BASIC, SECONDARY)
NINE = (PRIMARY, BASIC)
TOWN = "г. Зареченск"


@dataclass(frozen=True)
class Portrait:
    """An organisation as the demonstration imagines it.

    `size` is its pupils or children; `strength` how far its results stand from the municipal mean, in standard
    deviations of schools; `place` a settlement (a village makes it rural).
    """

    code: str
    kind: str
    name: str
    full_name: str
    place: str
    street: str
    size: int
    strength: float
    programmes: tuple[str, ...]
    number: int | None = None
    preschool: int = 0  # children of preschool groups of a school

    @property
    def is_urban(self) -> bool:
        return self.place == TOWN

    @property
    def index(self) -> int:
        return int(self.code.rsplit("-", 1)[1])


def _school(  # noqa: PLR0917 - a row of a table
    index: int,
    title: str,
    place: str,
    street: str,
    size: int,
    strength: float,
    programmes: tuple[str, ...] = FULL,
    preschool: int = 0,
) -> Portrait:
    number = int(title.rsplit(" ", 1)[1]) if "№" in title else None
    words = {"СОШ": "средняя общеобразовательная школа", "ООШ": "основная общеобразовательная школа"}
    full = title
    for short, long in words.items():
        full = full.replace(short, long)
    if preschool:
        programmes = (PRESCHOOL, *programmes)
    return Portrait(
        code=f"school-{index:02d}",
        kind="school",
        name=f"МБОУ «{title}»",
        full_name=f"Муниципальное бюджетное общеобразовательное учреждение «{full[0].upper()}{full[1:]}»",
        place=place,
        street=street,
        size=size,
        strength=strength,
        programmes=programmes,
        number=number,
        preschool=preschool,
    )


SCHOOLS = (
    _school(1, "СОШ № 1", TOWN, "ул. Школьная, д. 4", 820, 0.4),
    _school(2, "Гимназия № 2", TOWN, "ул. Соборная, д. 17", 930, 1.2),
    _school(3, "СОШ № 3", TOWN, "ул. Садовая, д. 31", 760, 0.1),
    _school(4, "Лицей № 4", TOWN, "наб. Тихая, д. 2", 680, 1.5),
    _school(5, "СОШ № 5", TOWN, "пр-т Строителей, д. 48", 1140, -0.1),
    _school(6, "СОШ № 6", TOWN, "ул. Фабричная, д. 12", 590, -1.3),
    _school(7, "СОШ № 7", TOWN, "ул. Лесная, д. 9", 640, 0.2),
    _school(8, "СОШ № 8", TOWN, "ул. Полевая, д. 21", 710, -0.3),
    _school(9, "СОШ № 9", TOWN, "ул. Заводская, д. 5", 480, -0.5),
    _school(10, "СОШ № 10", TOWN, "ул. Мостовая, д. 40", 530, 0.25),
    _school(11, "СОШ № 11", TOWN, "ул. Речная, д. 3", 390, -0.4),
    _school(12, "ООШ № 12", TOWN, "пер. Вокзальный, д. 1", 240, -1.4, NINE),
    _school(13, "СОШ № 13", TOWN, "ул. Кленовая, д. 26", 610, 0.6),
    _school(14, "Боровопольская СОШ", "с. Боровое Поле", "ул. Центральная, д. 14", 310, 0.1),
    _school(15, "Тихобродская СОШ", "с. Тихий Брод", "ул. Молодёжная, д. 7", 260, -0.2),
    _school(16, "Студёноключевская СОШ", "с. Студёный Ключ", "ул. Родниковая, д. 2", 180, 0.3, FULL, 48),
    _school(17, "Старомельничная СОШ", "с. Старая Мельница", "ул. Мельничная, д. 19", 210, -0.4),
    _school(18, "Льнозаводская СОШ", "п. Льнозавод", "ул. Рабочая, д. 10", 290, 0.0),
    _school(19, "Журавлихинская ООШ", "с. Журавлиха", "ул. Озёрная, д. 6", 128, -1.3, NINE),
    _school(20, "Рябиновская ООШ", "с. Рябиновка", "ул. Школьная, д. 1", 84, -0.2, NINE, 26),
    _school(21, "Белоглинская СОШ", "с. Белая Глинка", "ул. Верхняя, д. 33", 150, 0.2),
    _school(22, "Маловыселковская ООШ", "д. Малые Выселки", "ул. Луговая, д. 8", 27, 0.1, NINE),
    _school(23, "Дальнепокосская ООШ", "д. Дальний Покос", "ул. Сосновая, д. 11", 62, -0.3, NINE),
    _school(24, "Нижнелуговская ООШ", "д. Нижние Луга", "ул. Заречная, д. 5", 41, -0.6, NINE),
)

MERGED, MERGED_INTO = "school-24", "school-18"
BRANCH_OF, BRANCH_PLACE = "school-14", "д. Липовая Горка"


def _kindergarten(  # noqa: PLR0917 - a row of a table
    index: int, pet_name: str, street: str, size: int, strength: float, place: str = TOWN
) -> Portrait:
    title = f"Детский сад № {index} „{pet_name}“"
    return Portrait(
        code=f"kindergarten-{index:02d}",
        kind="kindergarten",
        name=f"МБДОУ «{title}»",
        full_name=f"Муниципальное бюджетное дошкольное образовательное учреждение «{title}»",
        place=place,
        street=street,
        size=size,
        strength=strength,
        programmes=(PRESCHOOL,),
        number=index,
    )


KINDERGARTENS = (
    _kindergarten(1, "Ромашка", "ул. Школьная, д. 8", 220, 0.5),
    _kindergarten(2, "Теремок", "ул. Садовая, д. 12", 180, 0.1),
    _kindergarten(3, "Светлячок", "наб. Тихая, д. 9", 240, 0.9),
    _kindergarten(4, "Колосок", "пр-т Строителей, д. 20", 310, 0.2),
    _kindergarten(5, "Родничок", "пр-т Строителей, д. 52", 290, -0.1),
    _kindergarten(6, "Аистёнок", "ул. Лесная, д. 15", 160, 0.4),
    _kindergarten(7, "Василёк", "ул. Фабричная, д. 3", 130, -0.8),
    _kindergarten(8, "Солнышко", "ул. Полевая, д. 4", 200, 0.0),
    _kindergarten(9, "Берёзка", "ул. Заводская, д. 11", 140, -0.5),
    _kindergarten(10, "Рябинка", "ул. Мостовая, д. 6", 170, 0.3),
    _kindergarten(11, "Ласточка", "ул. Речная, д. 18", 120, -0.2),
    _kindergarten(12, "Сказка", "ул. Кленовая, д. 2", 260, 0.7),
    _kindergarten(13, "Снежинка", "ул. Кленовая, д. 30", 190, -0.3),
    _kindergarten(14, "Подсолнух", "ул. Центральная, д. 3", 75, 0.0, "с. Боровое Поле"),
    _kindergarten(15, "Журавушка", "ул. Молодёжная, д. 12", 60, -0.4, "с. Тихий Брод"),
    _kindergarten(16, "Мельничка", "ул. Мельничная, д. 4", 48, -0.1, "с. Старая Мельница"),
    _kindergarten(17, "Лучик", "ул. Рабочая, д. 22", 80, 0.2, "п. Льнозавод"),
    _kindergarten(18, "Земляничка", "ул. Верхняя, д. 5", 32, -0.6, "с. Белая Глинка"),
)


def _additional(index: int, title: str, street: str, size: int, strength: float) -> Portrait:
    return Portrait(
        code=f"additional-{index:02d}",
        kind="additional",
        name=f"МБУ ДО «{title}»",
        full_name=f"Муниципальное бюджетное учреждение дополнительного образования «{title}»",
        place=TOWN,
        street=street,
        size=size,
        strength=strength,
        programmes=(ADDITIONAL,),
    )


ADDITIONALS = (
    _additional(1, "Дом детского творчества", "ул. Соборная, д. 3", 1450, 0.3),
    _additional(2, "Спортивная школа „Разбег“", "ул. Лесная, д. 44", 780, 0.0),
    _additional(3, "Детская школа искусств", "ул. Соборная, д. 22", 520, 0.8),
    _additional(4, "Эколого-биологический центр „Росток“", "наб. Тихая, д. 15", 310, -0.2),
)

PORTRAITS = (*SCHOOLS, *KINDERGARTENS, *ADDITIONALS)
