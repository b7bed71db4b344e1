"""Scales with conditions, bounds that marks show, the municipality's versions, lists of tasks from files."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.procedures import catalogue
from apps.procedures.catalogue import CatalogueItem, Work
from apps.procedures.models import Procedure, ResultAggregate, WorkDescription
from apps.procedures.readers.tasks import short
from apps.procedures.scales import marking, observing, services
from tests.factories.procedures import imported
from tests.factories.result_files import export_2021, f1, pupil, xlsx
from tests.procedures.test_importing import MATHS_4, row_2021
from tests.procedures.test_views import text_of

# --- marks


def oge(subject, year=2026):
    return catalogue.shipped()["oge", year, subject, 9]


@pytest.mark.parametrize(
    ("primary", "literacy", "mark"),
    [(14, 12, 2), (15, 0, 3), (26, 5, 3), (26, 6, 4), (33, 8, 4), (33, 9, 5), (37, 5, 3)],
)
def test_russian_of_2026_needs_points_for_literacy(primary, literacy, mark):
    scores = {f"ГК{n}": literacy // 4 + (n <= literacy % 4) for n in range(1, 5)}
    assert marking.mark_of(primary, oge("Русский язык"), scores) == mark


@pytest.mark.parametrize(("primary", "geometry", "mark"), [(7, 5, 2), (8, 1, 2), (8, 2, 3), (22, 1, 2), (22, 2, 5)])
def test_mathematics_of_2026_needs_two_points_in_geometry(primary, geometry, mark):
    scores = dict.fromkeys(map(str, range(1, 26)), 0) | {"15": min(geometry, 1), "23": max(geometry - 1, 0)}
    assert marking.mark_of(primary, oge("Математика"), scores) == mark


def test_a_condition_on_items_that_the_work_lacks_is_not_applied():
    assert marking.mark_of(33, oge("Русский язык"), {"1": 0}) == 5
    assert not marking.applies(oge("Русский язык"), ["1"])


@pytest.mark.parametrize(
    ("key", "bounds", "state"),
    [
        (("vpr", 2021, "Русский язык", 4), (14, 24, 33), "official"),
        (("vpr", 2021, "География", 8), (13, 27, 36), "official"),
        (("vpr", 2023, "История", 8), (5, 10, 14), "unconfirmed"),
        (("oge", 2024, "Физика", 9), (11, 23, 35), "unconfirmed"),
        (("gve", 2024, "Химия", 9), (7, 11, 15), "unconfirmed"),
    ],
)
def test_shipped_scales_have_their_source_and_state(key, bounds, state):
    work = catalogue.shipped()[key]
    assert (work.bounds, work.scale_state) == (bounds, state)
    assert work.source


def test_shipped_minimums_of_the_unified_exam_and_items_with_codes():
    assert catalogue.shipped()["ege", 2026, "Информатика", 11].pass_score == 40
    maths = catalogue.shipped()["vpr", 2021, "Математика", 5]
    assert (maths.items[3].content, maths.items[3].requirement) == ("1, 3", "1, 2")
    assert maths.contents["3"] == "Текстовые задачи"
    assert maths.items[0].block.startswith("Оперировать на базовом уровне")


# --- bounds that marks show


def test_the_bounds_that_leave_fewest_marks_unexplained():
    totals = np.array([3, 5, 9, 10, 12, 15, 17, 20, 22, 24, 11])
    marks = np.array([2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5])  # the last one is a slip
    observed = observing.infer(totals, marks)
    assert observed.bounds == [[10, 10], [16, 17], [21, 22]]
    assert (observed.n, observed.wrong) == (11, [0, 1, 1])
    assert observing.disagrees([10, 17, 23], observed)
    assert not observing.disagrees([10, 16, 22], observed)


def test_a_mark_that_nobody_has_leaves_its_bound_unknown():
    assert observing.infer(np.array([3, 9]), np.array([3, 3])).bounds == [None, None, None]
    assert observing.infer(np.array([]), np.array([])).n == 0


FIVE = {"edu990101": [pupil(40001, (1, 2, 1), 5), pupil(40002, (1, 2, 0), 4), pupil(40003, (0, 1, 0), 3)]}


@pytest.mark.django_db
def test_marks_of_a_file_that_disagree_with_the_scale_are_a_finding_and_stand_on_the_page(client_of, specialist):
    work = Work("vpr", 2026, "Математика", 4, 4, (1, 2, 3), (), "приказ", "municipal", "")
    services.save_description(work=work, by=specialist)
    file = imported(f1(FIVE))
    (told,) = [finding for finding in file.findings if finding["code"] == "scale_differs"]
    assert "расхождений: 1 из 3" in told["message"]
    assert told["found"] == "по отметкам: «3» — неизвестно, «4» — с 2–3, «5» — с 4"
    assert ResultAggregate.objects.get().marks == [0, 1, 1, 1]  # the file's own marks stay
    address = reverse("procedures:scale", args=["vpr", 2026, 4, "Математика"])
    page = text_of(client_of(Role.METHODOLOGIST).get(address))
    assert "отметки не сходятся со шкалой" in page
    assert "По отметкам файлов (3)" in page


# --- the pages


@pytest.mark.django_db
def test_the_department_writes_a_version_and_loaded_works_take_it_over(client_of, run_jobs):
    imported(export_2021([row_2021(40001, MATHS_4)]), trust_names=True, path_hint="2021/4/Математика.xlsx")
    assert ResultAggregate.objects.get().marks == [0, 0, 0, 1]  # 18 of 20
    client = client_of(Role.SPECIALIST)
    address = reverse("procedures:scale", args=["vpr", 2021, 4, "Математика"])
    page = text_of(client.get(address))
    assert "«3» — с 6, «4» — с 10, «5» — с 15" in page
    assert "официальный документ" in page
    assert "Умение изображать геометрические фигуры" in page

    form = client.get(address + "edit/").context["form"]
    posted = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    posted |= {"rows": str(form.rows), "five": "19", "scale_state": "municipal", "source": "Приказ № 7"}
    wrong = client.post(address + "edit/", posted | {"four": "", "conditions": "как-нибудь"})
    assert "Укажите все три границы" in text_of(wrong)
    assert "Строка 1 не разобрана" in text_of(wrong)
    assert not WorkDescription.objects.exists()
    client.post(address + "edit/", posted | {"conditions": "«4»: 12 ≥ 1"})
    row = WorkDescription.objects.get()
    assert (row.bounds, row.conditions[0]["items"], len(row.items)) == ([6, 10, 19], ["12"], 15)
    assert "Работа посчитана по другой шкале" in text_of(client.get(address))
    client.post(address + "apply/")
    assert ResultAggregate.objects.get().marks == [0, 1, 0, 0]  # 18 points would be «4», but nothing for item 12
    assert Procedure.objects.get().scale_source == "Приказ № 7; шкала 2021 года"
    assert "Приказ № 7" in text_of(client.get(address))
    listed = text_of(client.get(reverse("procedures:scales"), {"kind": "vpr", "grade": "4"}))
    assert "внесено муниципалитетом" in listed
    assert "5 класс" not in listed.split("Сбросить")[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [(Role.HEAD, 200, 200), (Role.METHODOLOGIST, 200, 404), (Role.DIRECTOR, 404, 404)],
)
def test_who_reads_and_who_writes(client_of, role, reads, writes):
    client = client_of(role)
    address = reverse("procedures:scale", args=["vpr", 2021, 4, "Математика"])
    assert client.get(reverse("procedures:scales")).status_code == reads
    assert client.get(address).status_code == reads
    assert client.get(address + "edit/").status_code == writes
    assert client.get(reverse("procedures:scales_load")).status_code == writes
    assert client.post(address + "apply/").status_code == (302 if writes == 200 else 404)


@pytest.mark.django_db
def test_a_new_year_begins_with_another_one_and_is_not_confirmed(client_of):
    base = next(work for work in catalogue.shipped().values() if work.items and work.bounds)
    client = client_of(Role.SPECIALIST)
    url = reverse("procedures:scale_edit", args=[base.kind, 2031, base.grade, base.subject])
    assert f"?from={base.year}" in client.get(url).content.decode()
    form = client.get(f"{url}?from={base.year}").context["form"]
    assert (form.initial["year"], form.initial["three"], form.initial["scale_state"]) == (
        2031, base.bounds[0], "unconfirmed",
    )  # fmt: skip
    assert form.fields["number_0"].initial == base.items[0].number
    assert client.get(f"{url}?from=1999").context["form"].initial["three"] is None
    assert catalogue.find(base.kind, 2031, base.subject, base.grade) is None


def test_a_work_that_cannot_be_is_not_found(client_of):
    client = client_of(Role.HEAD)
    for parts in (("xxx", 2021, 4, "Математика"), ("vpr", 1990, 4, "Математика"), ("vpr", 2021, 4, "Шахматы")):
        assert client.get(reverse("procedures:scale", args=parts)).status_code == 404
    assert client.get(reverse("procedures:scale", args=("vpr", 2031, 4, "Математика"))).status_code == 200


ON_NINE = {"mark": 4, "items": ["9"], "least": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"bounds": (10, 9, 12)}, "bad_bounds"),
        ({"bounds": (10, 12, 30)}, "bound_above_maximum"),
        ({"items": (CatalogueItem("1", 1), CatalogueItem("1", 1))}, "items_doubled"),
        ({"items": (CatalogueItem("1", 1),), "conditions": (ON_NINE,)}, "condition_unknown_items"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(parts, code, specialist):
    known = {"kind": "vpr", "year": 2030, "subject": "Химия", "grade": 8, "maximum": 20, "bounds": (), "items": ()}
    work = Work(**{**known, **parts}, source="", scale_state="", items_state="")
    with pytest.raises(Refused) as refusal:
        services.save_description(work=work, by=specialist)
    assert [finding.code for finding in refusal.value.findings] == [code]


# --- lists of tasks

ALL = [
    ["№ КИМ", "№", "Умения, виды деятельности", "Блоки ПООП НОО: выпускник научится", "Уровень сложности", "Код КЭС"]
    + ["Код КТ", "Максимальный балл за выполнение задания"],
    [1.0, 1.0, "Вычислять", "Научится вычислять", "Б", 1.0, "1", 1],
    ["1", "1", "Вычислять", "Научится вычислять", "Б", "2", "1", "1"],
    ["2K1", 2, "Рассуждать", "", "П", 3, "", 2],
    ["2К2", 3, "Писать", "", "", "", "", 3],
]


@pytest.fixture
def folders(tmp_path):
    folder = tmp_path / "8" / "Химия"
    folder.mkdir(parents=True)
    (folder / "ALL.xlsx").write_bytes(xlsx({"Лист1": ALL}).getvalue())
    (folder / "KS.xlsx").write_bytes(xlsx({"Лист1": [["Код", "Элементы содержания"], [1, "Вещества"]]}).getvalue())
    return tmp_path


@pytest.mark.django_db
def test_the_command_loads_tasks_with_their_codes(folders):
    out = StringIO()
    call_command("load_task_catalogue", str(folders), "--year", "2031", "--json", stdout=out)
    said = json.loads(out.getvalue().splitlines()[-1])
    assert (said["works"], said["codes"]) == (["ВПР 2031. Химия, 8 класс"], 1)
    work = catalogue.find("vpr", 2031, "Химия", 8)
    assert [(item.number, item.maximum, item.level, item.content) for item in work.items] == [
        ("1", 1, "Б", "1, 2"),
        ("2К1", 2, "П", "3"),
        ("2К2", 3, "", ""),
    ]
    assert (work.maximum, work.bounds, work.items[0].block) == (6, (), "Научится вычислять")


@pytest.mark.django_db
def test_the_page_keeps_the_scale_of_the_work_and_tells_what_is_wrong(client_of):
    client = client_of(Role.SPECIALIST)
    tasks, other = xlsx({"Лист1": ALL}), xlsx({"Лист1": [["а", "б"], [1, 2]]})
    tasks.name, other.name = "ALL.xlsx", "прочее.xlsx"
    data = {"files": [tasks, other], "kind": "vpr", "year": "2021", "grade": "8", "subject": "Химия"}
    page = text_of(client.post(reverse("procedures:scales_load"), data))
    assert "заданий 3" in page
    assert "Перечень заданий не узнан" in page
    assert "сумма баллов заданий 6, максимум по шкале 36" in page
    assert catalogue.find("vpr", 2021, "Химия", 8).bounds == (10, 19, 28)


def test_official_wordings_are_cut_at_a_word():
    assert short("Оперировать по- нятием число", 30) == "Оперировать понятием число"
    assert short("раз два три", 9) == "раз два…"
