"""Who prepares a form. A teacher prepares only what the ministry's list allows.

The wording of order № 779 of 06.11.2024 itself could not be read here, so every line says what it rests on and none
passes for a confirmed norm. A document that is not listed is not asked of a teacher, whatever its state.
"""

from dataclasses import dataclass

from django.db import models


class Preparer(models.TextChoices):
    HEAD = "head", "руководитель организации"
    DEPUTY = "deputy", "заместитель руководителя"
    ACCOUNTANT = "accountant", "бухгалтерия"
    PERSONNEL = "personnel", "кадровая служба"
    METHODIST = "methodist", "методист, старший воспитатель"
    PSYCHOLOGIST = "psychologist", "психолого-педагогическая служба"
    FACILITIES = "facilities", "хозяйственная служба"
    TEACHER = "teacher", "педагог"


ORDER = (
    "Приказ Минпросвещения России от 06.11.2024 № 779 «Об утверждении перечня документов, подготовка которых "
    "осуществляется педагогическими работниками при реализации основных общеобразовательных программ, "
    "образовательных программ среднего профессионального образования», действует с 01.03.2025"
)
ORDER_NOTE = (
    "Не подтверждено: официальный текст приказа № 779 не сверен. Школьная часть перечня дана по прежнему приказу "
    "от 21.07.2022 № 582, дошкольная — по пересказу приказа № 779 на сайте детского сада."
)
UNCONFIRMED = "не подтверждено"


@dataclass(frozen=True)
class Document:
    """A line of the list: whose document it is, what the wording rests on, how sure that is."""

    code: str
    name: str
    whose: str
    source: str
    state: str = UNCONFIRMED


_SCHOOL = "перечень прежнего приказа Минпросвещения России от 21.07.2022 № 582"
_KINDERGARTEN = "пересказ приказа № 779: ds-smile.com.ru/snizhenie-byurokraticheskoj-nagruzki"
DOCUMENTS = (
    Document(
        "programme", "Рабочая программа учебного предмета, курса (в том числе внеурочной деятельности), модуля",
        "учитель", _SCHOOL,
    ),
    Document("journal", "Журнал учёта успеваемости", "учитель", _SCHOOL),
    Document("extracurricular", "Журнал внеурочной деятельности", "учитель, ведущий внеурочную деятельность", _SCHOOL),
    Document("upbringing", "План воспитательной работы", "классный руководитель", _SCHOOL),
    Document("character", "Характеристика на обучающегося (по запросу)", "классный руководитель", _SCHOOL),
    Document("calendar", "Календарно-тематический план", "воспитатель", _KINDERGARTEN),
    Document("attendance", "Журнал посещаемости", "воспитатель", _KINDERGARTEN),
)  # fmt: skip
BY_CODE = {document.code: document for document in DOCUMENTS}


def document_of(code: str) -> Document | None:
    """The line of the list, or None: then a teacher is not asked."""
    return BY_CODE.get(code)
