"""Components as templates: what they show and what they must never let through."""

from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from apps.core import findings
from apps.core.charts import BarChart, Series

D = Decimal


def _render(text: str, **context: Any) -> str:
    return Template(text).render(Context(context))


FINDINGS = '{% include "components/findings.html" with findings=found %}'


def test_findings_stand_by_severity_and_are_counted() -> None:
    found = [
        findings.notice("n", "Лист «Лишний» пропущен."),
        findings.error("e", "«пять» — не число.", sheet="Лист 1", cell="C7", found="пять", expected="число"),
        findings.error("e", "Пустая ячейка."),
    ]
    html = _render(FINDINGS, found=found)
    assert "Есть ошибки" in html
    assert "2 ошибки" in html
    assert html.index("Ошибки: 2") < html.index("К сведению: 1")
    assert "Лист «Лист 1», ячейка C7" in html


def test_findings_of_a_job_are_dictionaries() -> None:
    assert "Пустой файл" in _render(FINDINGS, found=[findings.error("e", "Пустой файл").as_dict()])


def test_findings_are_capped_and_say_so() -> None:
    html = _render(FINDINGS, found=[findings.error("e", f"Ошибка {n}.") for n in range(20_000)])
    assert html.count("finding-message") == 200
    assert "И ещё 19\u00a0800" in html
    assert len(html) < 1_000_000


def test_findings_without_any_are_nothing() -> None:
    assert not _render(FINDINGS, found=[]).strip()


def test_finding_is_escaped() -> None:
    html = _render(FINDINGS, found=[findings.error("e", "<b>x</b>", found="<script>")])
    assert "<b>" not in html
    assert "<script>" not in html


def test_chart_stands_with_its_table() -> None:
    chart = BarChart("Доля", "Больше — лучше", ["А"], [Series("2025", [D("1.5")])], decimals=1)
    html = _render("{% load charts %}{% chart chart %}", chart=chart)
    assert html.count("<svg") == 2
    assert "Показать таблицей" in html
    assert '<td class="num">1,5</td>' in html
    printed = _render("{% load charts %}{% chart chart for_print=True %}", chart=chart)
    assert printed.count("<svg") == 1
    assert "<details" not in printed


def test_same_chart_twice_has_ids_of_its_own() -> None:
    chart = BarChart("Доля", "", ["А"], [Series("x", [D(1)])])
    html = _render(
        "{% load charts %}{% chart chart %}{% chart chart %}", chart=chart, request=RequestFactory().get("/")
    )
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in _render('{% load icons %}{% icon "house" %}')


@pytest.mark.parametrize("name", ["no-such-icon", "../../../settings"])
def test_unknown_icon_is_an_error(name: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        _render("{% load icons %}{% icon name %}", name=name)
