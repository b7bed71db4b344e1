"""Invented names of persons: any likeness is chance."""

import random
from dataclasses import dataclass

_SURNAMES = (
    "Абрамцев", "Берестов", "Вересов", "Грачёв", "Долгополов", "Ельников", "Жаворонков", "Заречнев", "Ивлев",
    "Калинников", "Лугов", "Мельничнов", "Нивин", "Озеров", "Полянов", "Родников", "Сосновцев", "Травин", "Ушаков",
    "Фетисов", "Холмов", "Цветков", "Черёмухин", "Шелестов", "Щеглов", "Юрасов", "Ясенев", "Боровиков", "Дубравин",
    "Зимин", "Кленов", "Листьев", "Малинников", "Осокин", "Пескарёв", "Ручьёв", "Снегов", "Тополев", "Ветлугин",
)  # fmt: skip
_WOMEN = ("Анна", "Вера", "Галина", "Елена", "Ирина", "Лариса", "Марина", "Надежда", "Ольга", "Светлана", "Татьяна")
_MEN = ("Алексей", "Виктор", "Дмитрий", "Игорь", "Михаил", "Николай", "Павел", "Сергей")
_FATHERS = ("Александр", "Андрей", "Борис", "Владимир", "Иван", "Николай", "Павел", "Пётр", "Сергей", "Юрий")
_PATRONYMIC_STEM = {
    "Андрей": "Андре",
    "Николай": "Никола",
    "Сергей": "Серге",
    "Юрий": "Юрь",
    "Пётр": "Петр",
    "Павел": "Павл",
}
_SOFT = frozenset({"Андрей", "Николай", "Сергей", "Юрий"})


@dataclass(frozen=True)
class Person:
    last_name: str
    first_name: str
    patronymic: str

    @property
    def full(self) -> str:
        return f"{self.last_name} {self.first_name} {self.patronymic}"


def _patronymic(father: str, *, woman: bool) -> str:
    stem = _PATRONYMIC_STEM.get(father, father)
    link = "ев" if father in _SOFT else "ов"
    return stem + link + ("на" if woman else "ич")


class Names:
    """An endless supply of different persons, the same for the same source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._surnames: list[str] = []
        self._given: set[str] = set()

    def _surname(self) -> str:
        """Each surname once before any comes again, so that namesakes rarely meet on a page."""
        if not self._surnames:
            self._surnames = self._chance.sample(_SURNAMES, len(_SURNAMES))
        return self._surnames.pop()

    def next(self) -> Person:
        while True:
            woman = self._chance.random() < 0.8
            surname = self._surname() + ("а" if woman else "")
            first = self._chance.choice(_WOMEN if woman else _MEN)
            person = Person(surname, first, _patronymic(self._chance.choice(_FATHERS), woman=woman))
            if person.full not in self._given:
                self._given.add(person.full)
                return person
