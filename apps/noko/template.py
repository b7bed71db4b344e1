"""An empty file for the operator, with the organisations of the plan in it."""

from collections.abc import Iterable
from decimal import Decimal

from apps.noko.calculation import TOTALS, Method
from apps.noko.reading import TOTAL_TITLES, column_title
from apps.organizations.models import Organization
from apps.workbooks.template_book import Choice, Input, Locked, Number, TemplateBook, Text, Whole

YES_NO = Choice(("да", "нет"))


def operator_template(method: Method, organizations: Iterable[Organization], year: str) -> bytes:
    book = TemplateBook(identity={"template": "noko", "period": year}, title=f"НОКО {year}")
    found = list(organizations)
    inputs = method.inputs
    sheet = book.sheet("Данные", widths=[18, 34, *([14] * len(inputs)), *([10] * len(TOTALS)), 34])
    titles = [column_title(row) for row in inputs] + [TOTAL_TITLES[number][0] for number in TOTALS]
    sheet.header(["Код организации", "Организация", *titles, "Страница на bus.gov.ru"])
    for each in found:
        cells = [Input(YES_NO if row.is_yes_no else Whole(minimum=0)) for row in inputs]
        totals = [Input(Number(minimum=Decimal(0), maximum=Decimal(100))) for _ in TOTALS]
        sheet.row([Locked(each.code), Locked(each.name), *cells, *totals, Input(Text(200))])
    notes = book.sheet("Недостатки", widths=[18, 16, 80])
    notes.header(["Код организации", "Показатель", "Недостаток"])
    for _ in range(max(40, 3 * len(found))):
        notes.row([Input(Text(40)), Input(Text(20)), Input(Text(500))])
    return book.to_bytes()
