"""What each role sees and does at the screen."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from apps.accounts.roles import Role
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionAnnex
from apps.roadmaps.decisions.services import NewItem
from apps.roadmaps.decisions.services.executing import Report, report
from apps.roadmaps.effect.subjects import find
from apps.roadmaps.links.selectors import bases_of
from apps.workbooks.reading import read_workbook
from tests.factories.accounts import MembershipFactory
from tests.factories.decisions import draft, line_of, signed
from tests.factories.effects import expectation
from tests.factories.organizations import GroupFactory
from tests.factories.people import AssociationFactory
from tests.factories.roadmaps import AddresseeFactory
from tests.factories.series import DirectionFactory
from tests.roadmaps.effect.scene import share_version

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 test"
WORDS = {
    "kind": "order",
    "title": "Об итогах семинара",
    "signer": "Н. Е. Дерябина",
    "place": "г. Зареченск",
    "reason_without_analysis": "по плану работы",
    "items_text": "1. Руководителям:\n1.2. Довести до 20.12.2022 года\n1.2. Принять к сведению",
}
SIGNATURE = {"number": "390", "signed_on": "2022-03-24", "signer": "Н. Е. Дерябина", "place": "г. Зареченск"}


@pytest.fixture
def office(client_of):
    return client_of(Role.SPECIALIST)


def url(name, *args):
    return reverse(f"roadmaps:{name}", args=args)


def sign(client, decision, **changes):
    return client.post(url("decision_sign", decision.pk), {**SIGNATURE, **changes}, follow=True)


@pytest.mark.capability("S-001")
@pytest.mark.capability("S-272")
def test_an_order_is_registered_with_its_annex_and_items_as_they_are_numbered(office, head):
    office.post(url("decision_new"), WORDS)
    order = Decision.objects.get()
    document = SimpleUploadedFile("концепция.pdf", PDF)
    office.post(
        url("decision_annex_new", order.pk), {"title": "Концепция", "file": document, "is_approved_by_act": "on"}
    )
    page = sign(office, order).text
    assert "Приказ № 390 от 24.03.2022" in page
    assert "утверждено 24.03.2022, приказ от 24.03.2022 № 390" in page.replace("Утверждено", "утверждено")
    assert [item.number for item in order.items.all()] == ["1.", "1.2.", "1.2."]
    assert all(words in page for words in ("Н. Е. Дерябина", "г. Зареченск", str(head)))
    found = office.get(url("decisions"), {"q": "390"}).text
    assert "Об итогах семинара" in found
    assert "Об итогах семинара" not in office.get(url("decisions"), {"q": "391"}).text


@pytest.mark.capability("S-002")
def test_publishing_in_the_open_section_closes_the_item_and_late_is_said(office, client, specialist, authority):
    made = draft(specialist)
    document = SimpleUploadedFile("концепция.pdf", PDF)
    office.post(
        url("decision_annex_new", made.pk), {"title": "Концепция", "file": document, "is_approved_by_act": "on"}
    )
    annex = DecisionAnnex.objects.get()
    item = {"number": "2.", "kind": "oblige", "text": "Разместить на сайте", "due_on": "2022-12-20",
            "proof": "publication", "publishes": annex.pk, "person": specialist.pk}  # fmt: skip
    office.post(url("decision_items_new", made.pk), item)
    sign(office, made)
    assert client.get(url("open_act", annex.pk)).status_code == 404
    assert "Концепция" not in client.get(url("open_acts")).text
    office.post(url("decision_annex_change", annex.pk), {"publish": "1"})
    line = line_of(made, "2.")
    assert (line.state, line.person, line.closed_on) == ("done", specialist, timezone.localdate())
    assert "исполнено с опозданием" in office.get(made.get_absolute_url()).text
    assert f"опубликовано {timezone.localdate():%d.%m.%Y}" in client.get(url("open_acts")).text
    assert b"".join(client.get(url("open_act", annex.pk)).streaming_content) == PDF


@pytest.mark.capability("S-003")
@pytest.mark.capability("S-282")
def test_the_controller_sees_what_is_under_control_and_overdue(client_of, specialist, head, methodologist, school):
    yesterday = timezone.localdate() - timedelta(days=1)
    items = [NewItem(number="1.4.", text="Создать рабочую группу", organizations=[school], due_on=yesterday)]
    signed(specialist, items, title="Под контролем руководителя", number="1")
    signed(specialist, items, title="Под контролем заместителя", number="2", controller=methodologist)
    mine = client_of(head).get(url("decision_control")).text
    assert "Под контролем руководителя" in mine
    assert "Под контролем заместителя" not in mine
    deputy = client_of(methodologist).get(url("decision_control")).text
    assert "Под контролем заместителя" in deputy
    assert "Создать рабочую группу" in deputy
    assert "срок прошёл" in deputy
    assert "Просроченные пункты под вашим контролем" in client_of(methodologist).get(reverse("desk:today")).text


@pytest.mark.capability("S-100")
def test_a_decision_reaches_those_it_is_addressed_to_and_nobody_else(client_of, specialist, school, other_school):
    group = GroupFactory()
    group.organizations.add(school)
    leader = client_of(Role.ASSOCIATION_LEADER)
    association = AssociationFactory(leader=MembershipFactory(role=Role.ASSOCIATION_LEADER, organization=school).user)
    to_group = signed(specialist, [NewItem(text="Группе школ", groups=[group])], number="1")
    to_teachers = signed(specialist, [NewItem(text="Объединению", associations=[association])], number="2")
    prepared = draft(specialist, [NewItem(text="Проект", organizations=[school])])
    own, foreign = client_of(Role.DIRECTOR), client_of(Role.DIRECTOR, other_school)
    assert "Группе школ" in own.get(to_group.get_absolute_url()).text
    assert "Группе школ" in own.get(url("own_assignments")).text
    for client, hidden in ((foreign, to_group), (own, to_teachers), (own, prepared), (leader, to_teachers)):
        assert client.get(hidden.get_absolute_url()).status_code == 404
    assert foreign.get(line_of(to_group).get_absolute_url()).status_code == 404
    assert "Группе школ" not in foreign.get(url("own_assignments")).text
    theirs = client_of(association.leader)
    assert "Объединению" in theirs.get(to_teachers.get_absolute_url()).text
    assert client_of(Role.OBSERVER).get(to_group.get_absolute_url()).status_code == 404


@pytest.mark.capability("S-110")
def test_a_draft_comes_from_a_template_passes_approval_and_gets_the_next_number(office, client_of, head, specialist):
    from apps.roadmaps.decisions.defaults import create_missing_acts
    from apps.roadmaps.decisions.models import DecisionTemplate

    create_missing_acts()
    signed(specialist, [NewItem(text="Раньше")], number="41", on=timezone.localdate(), title="Раньше")
    template = DecisionTemplate.objects.get(name="Приказ об утверждении документа")
    begun = office.get(url("decision_new"), {"template": template.pk}).text
    assert "Об утверждении [наименование документа]" in begun
    office.post(url("decision_new"), WORDS)
    made = Decision.objects.get(title=WORDS["title"])
    office.post(url("decision_approval", made.pk), {"person_0": head.pk})
    assert "Согласование не закончено" in sign(office, made).text
    assert "Согласовать проекты решений" in client_of(head).get(reverse("desk:today")).text
    client_of(head).post(url("decision_approve", made.pk), {"agree": "1"})
    form = office.get(url("decision_sign", made.pk)).text
    assert 'value="42"' in form
    sign(office, made, number="42", signed_on=timezone.localdate().isoformat())
    made.refresh_from_db()
    assert (made.number, made.state) == ("42", "in_force")


def test_visas_are_put_in_the_order_that_was_chosen_and_the_words_wait(office, head, methodologist):
    office.post(url("decision_new"), WORDS)
    made = Decision.objects.get()
    twice = office.post(url("decision_approval", made.pk), {"person_0": head.pk, "person_1": head.pk}).text
    assert "выбран дважды" in twice
    office.post(url("decision_approval", made.pk), {"person_0": methodologist.pk, "person_2": head.pk})
    assert [step.user for step in made.steps.order_by("position")] == [methodologist, head]
    page = office.get(made.get_absolute_url()).text
    assert f"очередь ставить визу: {methodologist}" in page
    assert url("decision_sign", made.pk) not in page
    for name, key in (("edit", made.pk), ("items_new", made.pk), ("item_edit", made.items.last().pk)):
        told = office.get(url(f"decision_{name}", key), follow=True)
        assert told.redirect_chain
        assert "отзовите его, чтобы править" in told.text


def test_places_of_a_template_left_open_are_asked_about_and_a_cancelled_act_asks_nobody(office, specialist):
    signed(specialist, [NewItem(text="Раньше")], number="12", place="с. Боровое")
    made = draft(specialist, [NewItem(text="Разместить до [дата]")], title="Об утверждении [документа]")
    form = office.get(url("decision_sign", made.pk)).text
    assert "[документа], [дата]" in form
    assert "с. Боровое" in form
    refused = sign(office, made).text
    assert refused.count("отметьте, что так и надо") == 2  # in the summary and at the field
    made.refresh_from_db()
    assert made.is_draft
    sign(office, made, with_blanks="on")
    page = office.get(made.get_absolute_url()).text
    assert "Открыть и отчитаться" in page
    office.post(url("decision_cancel", made.pk), {"on": timezone.localdate().isoformat(), "reason": "ошибка"})
    assert "Открыть и отчитаться" not in office.get(made.get_absolute_url()).text
    assert "Исполнять его не нужно" in office.get(line_of(made).get_absolute_url()).text


def test_an_item_keeps_its_ticks_and_says_when_it_names_nobody(office, school):
    office.post(url("decision_new"), WORDS)
    made = Decision.objects.get()
    item = made.items.last()
    assert "Исполнитель не указан" in office.get(made.get_absolute_url()).text
    office.post(
        url("decision_item_edit", item.pk),
        {"number": "1.2.", "kind": "oblige", "text": "Довести", "proof": "report", "organizations": [school.pk]},
    )
    page = office.get(url("decision_item_edit", item.pk)).text
    assert 'data-pick="Найти организацию"' in page
    assert re.search(rf'name="organizations" value="{school.pk}"[^>]* checked', page)


def test_an_effect_is_named_of_an_item_with_those_who_have_its_lines(office, specialist, school, kindergarten):
    made = signed(specialist, [NewItem(text="Провести занятия", kinds=["school"]), NewItem(text="Иное")])
    item = made.items.first()
    page = office.get(item.get_absolute_url()).text
    assert f"?of=roadmaps.DecisionItem&amp;id={item.pk}" in page
    subject = find("roadmaps.DecisionItem", str(item.pk), user=specialist)
    assert subject.organizations == {school.pk}
    assert subject.starts_on == made.signed_on
    named = expectation(version=share_version(), organizations=[school], by=specialist, recommendation=item)
    assert [one.found for one in bases_of(named, user=specialist)] == [made]  # the act leads to it in the cycle
    assert office.get(made.get_absolute_url()).text.count("Ожидаемый эффект: ") == 1


@pytest.mark.capability("S-114")
def test_a_decision_needs_an_analysis_or_a_reason(office, school):
    recommendation = AddresseeFactory(organization=school).recommendation
    refused = office.post(url("decision_new"), {**WORDS, "reason_without_analysis": ""})
    assert "на каком анализе или рекомендации" in refused.text
    assert "Об итогах семинара" in refused.text
    assert not Decision.objects.exists()
    office.post(
        url("decision_new"), {**WORDS, "reason_without_analysis": "", "bases": [f"recommendation:{recommendation.pk}"]}
    )
    made = Decision.objects.get()
    assert [one.found for one in bases_of(made, user=made.author)] == [recommendation]
    assert str(recommendation) in office.get(made.get_absolute_url()).text


@pytest.mark.capability("S-164")
def test_a_director_keeps_decisions_of_the_school(client_of, coordinator, school, other_school):
    own, foreign = client_of(Role.DIRECTOR), client_of(Role.DIRECTOR, other_school)
    recommendation = AddresseeFactory(organization=school).recommendation
    words = {**WORDS, "kind": "school", "items_text": "", "bases": [f"recommendation:{recommendation.pk}"]}
    own.post(url("decision_new"), words)
    made = Decision.objects.get()
    assert made.organization == school
    item = {"number": "1.", "kind": "oblige", "text": "Разработать план", "due_on": "2030-05-20",
            "proof": "report", "person": coordinator.pk}  # fmt: skip
    own.post(url("decision_items_new", made.pk), item)
    assert "вводит в действие её руководитель" in sign(client_of(Role.COORDINATOR), made).text
    page = sign(own, made).text
    assert all(words in page for words in ("Разработать план", "20.05.2030", str(recommendation)))
    line = line_of(made)
    assert (line.organization, line.person) == (school, coordinator)
    client_of(Role.COORDINATOR).post(line.get_absolute_url(), {"report": "1", "text": "Готово"})
    own.post(line.get_absolute_url(), {"accept": "1"})
    line.refresh_from_db()
    assert line.state == "done"
    assert "Об итогах семинара" in own.get(url("own_decisions")).text
    assert "Об итогах семинара" not in foreign.get(url("own_decisions")).text
    assert foreign.get(made.get_absolute_url()).status_code == 404
    assert client_of(Role.HEAD).get(made.get_absolute_url()).status_code == 200


@pytest.mark.capability("S-179")
def test_a_decision_of_a_direction_has_items_executors_terms_and_control(office, head, school):
    direction = DirectionFactory(code="1.2", name="Школы с низкими результатами")
    office.post(url("decision_new"), {**WORDS, "kind": "protocol", "items_text": "", "directions": [direction.pk]})
    made = Decision.objects.get()
    item = {"number": "1.", "kind": "oblige", "text": "Утвердить план", "due_on": "2030-05-20", "proof": "report",
            "organizations": [school.pk]}  # fmt: skip
    office.post(url("decision_items_new", made.pk), item)
    page = sign(office, made).text
    assert all(words in page for words in (str(direction), "20.05.2030", str(school), str(head), "Протокол № 390"))
    assert "Об итогах семинара" in office.get(url("decisions"), {"direction": direction.code}).text


@pytest.mark.capability("S-221")
def test_a_named_head_sees_the_item_reports_and_attaches_proof(client_of, specialist, director, other_school):
    order = signed(specialist, [NewItem(number="2.1.", text="Распространить опыт", person=director)])
    line = line_of(order)
    own = client_of(director)
    assert "Исполнить пункты решений" in own.get(reverse("desk:today")).text
    assert f"лично {director}" in own.get(line.get_absolute_url()).text
    files = [SimpleUploadedFile("рассылка.pdf", PDF), SimpleUploadedFile("снимок.pdf", PDF)]
    own.post(line.get_absolute_url(), {"report": "1", "text": "Разослано", "uploads": files})
    line.refresh_from_db()
    assert (line.state, line.reported_by) == ("reported", director)
    proof = line.proofs.first()
    response = own.get(url("assignment_proof", proof.pk))
    assert response["Content-Disposition"].startswith("attachment")
    assert client_of(Role.DIRECTOR, other_school).get(url("assignment_proof", proof.pk)).status_code == 404
    assert "Разослано" in client_of(Role.HEAD).get(line.get_absolute_url()).text


@pytest.mark.capability("S-238")
def test_one_item_for_a_group_gives_each_organisation_its_line(client_of, office, specialist, school, other_school):
    group = GroupFactory()
    group.organizations.set([school, other_school])
    made = draft(specialist)
    item = {"number": "1.2.", "kind": "recommend", "text": "Сформировать перечень актов", "due_on": "2020-09-01",
            "proof": "report", "groups": [group.pk]}  # fmt: skip
    office.post(url("decision_items_new", made.pk), item)
    office.post(url("decision_items_new", made.pk), {**item, "number": "1.3.", "kind": "oblige"})
    sign(office, made)
    own = client_of(Role.DIRECTOR)
    own.post(
        line_of(made, "1.2.", organization=school).get_absolute_url(),
        {"report": "1", "text": "Перечень", "uploads": [SimpleUploadedFile("перечень.pdf", PDF)]},
    )
    page = office.get(made.items.get(number="1.2.").get_absolute_url()).text
    assert "Рекомендовать" in page or "рекомендовать" in page
    assert "отчёт на проверке" in page
    assert "направлено, срок прошёл" in page
    assert "обязать" in office.get(made.items.get(number="1.3.").get_absolute_url()).text
    assert Assignment.objects.filter(item__decision=made).count() == 4


@pytest.mark.capability("S-245")
def test_items_without_a_term_stand_together(office, specialist, school):
    items = [
        NewItem(number="1.1.", text="Обобщить опыт", organizations=[school]),
        NewItem(number="1.2.", text="Сформировать перечень", organizations=[school], due_on=timezone.localdate()),
    ]
    order = signed(specialist, items)
    page = office.get(url("decision_undated")).text
    assert "Обобщить опыт" in page
    assert "Сформировать перечень" not in page
    office.post(order.items.first().get_absolute_url(), {"due_on": "2030-01-15", "reason": "назначен срок"})
    assert "Обобщить опыт" not in office.get(url("decision_undated")).text


@pytest.mark.capability("S-263")
@pytest.mark.capability("S-268")
def test_orders_stand_in_a_chain_and_an_item_says_which_outside_one_it_fulfils(office, specialist):
    event = signed(specialist, [NewItem(text="Провести семинар")], number="335", title="О проведении семинара")
    begun = office.get(url("decision_new"), {"follows": event.pk}).text
    assert f'<option value="{event.pk}" selected>' in begun
    office.post(url("decision_new"), {**WORDS, "follows": event.pk})
    result = Decision.objects.get(follows=event)
    item = {"number": "2.", "kind": "oblige", "text": "Учесть материалы", "proof": "report",
            "outside_title": "решение коллегии области", "outside_item": "3.2"}  # fmt: skip
    office.post(url("decision_items_new", result.pk), item)
    page = sign(office, result).text
    assert f'href="{event.get_absolute_url()}"' in page
    assert "пункт 3.2: решение коллегии области" in page
    assert f'href="{result.get_absolute_url()}"' in office.get(event.get_absolute_url()).text


@pytest.mark.capability("S-271")
def test_a_coordinator_records_the_acquaintance_of_teachers(client_of, specialist, school, other_school):
    item = NewItem(text="Довести до сведения педагогов", organizations=[school], proof="acquaintance")
    line = line_of(signed(specialist, [item]))
    own = client_of(Role.COORDINATOR)
    refused = own.post(line.get_absolute_url(), {"report": "1", "text": "Довели"})
    assert "подтверждается отметкой об ознакомлении" in refused.text
    own.post(line.get_absolute_url(), {"report": "1", "held_on": "2022-04-01", "people": "31"})
    shown = client_of(Role.HEAD).get(line.get_absolute_url()).text
    assert "Педагоги ознакомлены 01.04.2022, человек: 31" in shown
    assert client_of(Role.COORDINATOR, other_school).get(line.get_absolute_url()).status_code == 404


@pytest.mark.capability("S-283")
def test_terms_stand_in_a_calendar_move_with_a_reason_and_are_exported(client_of, office, specialist, director, school):
    today = timezone.localdate()
    items = [
        NewItem(number="1.4.", text="Создать рабочую группу", organizations=[school], due_on=today),
        NewItem(number="1.5.", text="Провести анализ", organizations=[school], due_on=today, executor="рабочая группа"),
    ]
    order = signed(specialist, items)
    page = office.get(url("decision_calendar")).text
    assert all(words in page for words in ("Создать рабочую группу", "Провести анализ"))
    assert "Провести анализ" in client_of(director).get(url("decision_calendar")).text
    assert "за 7 и 1" in page
    item = order.items.get(number="1.4.")
    office.post(url("decision_item_act", item.pk), {"remind": "1"})
    assert director.notices.filter(key__startswith="roadmaps.item_reminder").exists()
    moved = today + timedelta(days=40)
    office.post(item.get_absolute_url(), {"due_on": moved.isoformat(), "reason": "карантин"})
    assert "карантин" in client_of(director).get(line_of(order, "1.4.").get_absolute_url()).text
    report(line=line_of(order, "1.5."), new=Report(text="=1+1", url="https://school.invalid/"), by=director)
    book = read_workbook(BytesIO(b"".join(office.get(url("decision_execution", order.pk, "xlsx")).streaming_content)))
    rows = book.sheets[0].rows
    assert [row[1] for row in rows[1:]] == ["1.4.", "1.5."]
    assert rows[1][6].date() == moved if hasattr(rows[1][6], "date") else rows[1][6] == moved
    assert (rows[2][10], rows[2][7]) == ("=1+1", "отчёт на проверке")
    docx = Document(BytesIO(b"".join(office.get(url("decision_execution", order.pk, "docx")).streaming_content)))
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    assert "Исполнено 0 из 2, срок прошёл: 0." in [paragraph.text for paragraph in docx.paragraphs]
    assert f"{moved:%d.%m.%Y} (перенесён до {moved:%d.%m.%Y}: карантин)" in cells
    assert client_of(director).get(url("decision_execution", order.pk, "xlsx")).status_code == 404


def test_pages_of_the_office_are_closed_to_schools_and_wicked_texts_are_shown_as_texts(client_of, office, specialist):
    made = draft(specialist, [NewItem(text="<script>alert(1)</script> 🎉")], title="<b>жирный</b>")
    page = office.get(made.get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🎉" in page
    assert "<b>жирный</b>" not in page
    director = client_of(Role.DIRECTOR)
    for name in ("decisions", "decision_board", "decision_board_file", "decision_undated", "decision_templates"):
        assert director.get(url(name)).status_code == 404
    for name in ("decision_edit", "decision_items_new", "decision_annex_new", "decision_sign", "decision_cancel"):
        assert director.get(url(name, made.pk)).status_code == 404
    assert client_of(Role.METHODOLOGIST).get(url("decision_sign", made.pk)).status_code == 404
    for address in ("?month=99999-99", "?month=x"):
        assert office.get(url("decision_calendar") + address).status_code == 200
    assert office.get(url("decision_new") + "?template=²&follows=x&basis=zz:1&direction=9" * 1).status_code == 200


def test_a_long_form_keeps_what_was_typed_and_tells_all_faults(office):
    answer = office.post(url("decision_new"), {**WORDS, "title": "", "preamble": "ы" * 20_001}).text
    assert "20001" in answer or "20 001" in answer or "20\xa0001" in answer
    assert "ы" * 20_001 in answer


def test_the_board_of_five_thousand_lines_takes_fifteen_queries(client_of, django_assert_max_num_queries, authority):
    from tests.bench.decisions_data import five_thousand_lines

    five_thousand_lines(organizations=5, items=10)
    office = client_of(Role.SPECIALIST)
    office.get(url("decision_board"))
    with django_assert_max_num_queries(15):
        few = office.get(url("decision_board"))
    five_thousand_lines(organizations=20, items=25)
    with django_assert_max_num_queries(15):
        many = office.get(url("decision_board"))
    assert few.context["counts"]["total"] == 50
    assert many.context["counts"]["total"] == 550
    for query in (
        {"overdue": "on"},
        {"late": "on"},
        {"state": "done", "kind": "school"},
        {"due_before": "x"},
        {"organization": "школа"},
    ):
        assert office.get(url("decision_board"), query).status_code == 200
    assert office.get(url("decision_board_file"), {"state": "done"}).status_code == 200


def test_the_head_is_offered_for_the_signature(office, user_of):
    head = user_of(Role.HEAD)
    head.first_name, head.last_name, head.post = "Ирина", "Полянова", "Начальник управления"
    head.save()
    decision = draft(user_of(Role.SPECIALIST))
    Decision.objects.filter(pk=decision.pk).update(signer="")

    page = office.get(reverse("roadmaps:decision_sign", args=[decision.pk])).content.decode()

    assert f"{head.get_full_name()}, начальник управления" in page
