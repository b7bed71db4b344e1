import json

from apps.core import findings
from apps.core.findings import Finding, Refused, Severity


def test_a_finding_says_where_what_and_what_to_do():
    finding = findings.error(
        "not_a_number",
        "«пять» — не число.",
        sheet="Показатели",
        cell="D14",
        expected="целое число",
        action="Введите число, например 5.",
    )
    assert str(finding) == (
        "лист «Показатели», ячейка D14: «пять» — не число. Ожидалось: целое число. Введите число, например 5."
    )


def test_a_cell_makes_the_row_superfluous():
    assert findings.notice("x", "…", row=7).place == "строка 7"
    assert findings.notice("x", "…", row=7, cell="B7").place == "ячейка B7"


def test_a_finding_survives_json():
    finding = findings.query("jump", "Выросло вдвое.", cell="D3", row=3, found="40", file="a.xlsx")
    assert Finding.from_dict(json.loads(json.dumps(finding.as_dict()))) == finding


def test_only_errors_block():
    remarks = [findings.query("a", "?"), findings.notice("b", "!")]
    assert not findings.has_errors(remarks)
    assert findings.has_errors([*remarks, findings.error("c", "нет")])
    assert findings.count_by_severity(remarks) == {Severity.QUERY: 1, Severity.NOTICE: 1}


def test_a_refusal_carries_all_findings():
    remarks = [findings.error(str(number), f"замечание {number}") for number in range(8)]
    assert Refused(iter(remarks)).findings == remarks
