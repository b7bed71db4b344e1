"""The columns of the register's file, the same on the way in and on the way out."""

from apps.organizations.models import ExternalId
from apps.workbooks.tables import Column

COLUMNS = (
    Column("code", ("Код", "Код организации")),
    Column("kind", ("Вид", "Вид организации")),
    Column("number", ("Номер",), required=False),
    Column("name", ("Краткое название", "Название", "Наименование")),
    Column("full_name", ("Полное название", "Полное наименование"), required=False),
    Column("programmes", ("Программы",), required=False),
    Column("locality", ("Местность",), required=False),
    Column("settlement", ("Населённый пункт",), required=False),
    Column("address", ("Адрес",), required=False),
    Column("head_name", ("Руководитель",), required=False),
    Column("phone", ("Телефон",), required=False),
    Column("email", ("Почта", "Электронная почта", "E-mail"), required=False),
    Column("website", ("Сайт",), required=False),
    Column("opened_on", ("Открыта",), required=False),
    Column("fis_oko", ("ФИС ОКО", "Логин ФИС ОКО"), required=False),
    Column("ris_gia9", ("РИС ГИА-9",), required=False),
    Column("ris_gia11", ("РИС ГИА-11",), required=False),
    Column("msu", ("Код МСУ",), required=False),
    Column("inn", ("ИНН",), required=False),
    Column("ogrn", ("ОГРН",), required=False),
)
TITLES = {column.key: column.title for column in COLUMNS}
SYSTEMS = {system.value: system for system in ExternalId.System}
TEXTS = ("name", "full_name", "settlement", "address", "head_name", "phone", "email", "website")
