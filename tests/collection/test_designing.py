"""The form designer: drafts and versions, rows, what is asked already, whom a row concerns, who may compose."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import AUTHORITY, Role
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Campaign, Form, FormField, SameIndicators, Submission
from apps.collection.selectors.values import definition_for
from apps.collection.services import designing, designing_rows
from apps.collection.services.workbooks import workbook_of
from apps.collection.states import LAUNCHERS
from apps.core.findings import Refused
from apps.core.models import Period
from apps.indicators.models import Indicator, IndicatorVersion, Value
from apps.organizations.models import Organization
from tests.collection.conftest import form_sheet
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import SchoolFactory

ClientOf = Callable[..., Client]
BASIS = "Приказ управления образования от 01.09.2025 № 17"


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def versions(db: None) -> list[IndicatorVersion]:
    """Indicators of another pack: a head count, a part of it, a yes or no, a share."""
    made = [
        VersionFactory(indicator__pack="own", indicator__number="1", name="Численность одарённых детей"),
        VersionFactory(indicator__pack="own", indicator__number="2", name="Из них получили поддержку"),
        VersionFactory(indicator__pack="own", indicator__number="3", name="Есть программа", value_type="bool"),
    ]
    made.append(
        VersionFactory(
            indicator__pack="own",
            indicator__number="2%",
            name="Доля получивших поддержку",
            is_derived=True,
            formula="100 * [own.2] / [own.1]",
            aggregation="ratio",
            unit="%",
            value_type="percent",
        )  # fmt: skip
    )
    return made


@pytest.fixture
def draft(versions: list[IndicatorVersion], specialist: User) -> Form:
    """A form of its own with two rows, not published."""
    made = designing.create_form(values={"title": "Одарённые дети", "legal_basis": BASIS}, by=specialist)
    designing_rows.add_rows(form=made, versions=versions[:2], section="1. Дети", by=specialist)
    return made


def asked_of(form: Form, organizations: list[Organization], by: User, period: str = "2025") -> Campaign:
    today = timezone.localdate()
    return services.open_campaign(
        title="Сбор", period=Period.objects.named(_span(period)), forms=[form], organizations=organizations,
        opens_on=today, due_on=today + timedelta(days=3), closes_on=today + timedelta(days=9), by=by,
    ).campaign  # fmt: skip


def _span(code: str) -> Any:
    from apps.core.periods import parse_period

    return parse_period(code)


# --- composing through the pages


def test_a_form_is_composed_published_and_asked(
    client_of: ClientOf, versions: list[IndicatorVersion], school: Organization
) -> None:
    client = client_of(Role.SPECIALIST)
    create = reverse("collection:form_create")
    refused = client.post(create, {"title": "Без основания", "source_state": "proposal", "prepared_by": "deputy"})
    assert refused.status_code == 422
    assert "Назовите акт" in text_of(refused)
    data = {
        "title": "Одарённые дети", "legal_basis": BASIS, "basis_point": "пункт 3", "source_state": "municipal",
        "prepared_by": "deputy", "period_kind": "calendar_year", "kinds": ["school"],
    }  # fmt: skip
    client.post(create, data)
    draft = Form.objects.get(title="Одарённые дети")
    assert draft.is_draft
    assert draft.basis_text == f"{BASIS}, пункт 3"
    add = reverse("collection:form_rows_add", args=[draft.code])
    assert "Численность одарённых детей" in text_of(client.get(add, {"q": "одарённых"}))
    client.post(add, {"code": ["own.1", "own.2", "own.2%"], "section": "1. Дети"})
    client.post(add, {"code": ["own.3"], "section": "2. Программы"})
    page = text_of(client.get(draft.get_absolute_url()))
    assert "2. Программы" in page
    client.post(reverse("collection:form_publish", args=[draft.code]))
    draft.refresh_from_db()
    assert draft.is_active
    preview = client.get(reverse("collection:form_preview", args=[draft.code]), {"organization": school.code})
    assert "Есть программа" in text_of(preview)
    book = b"".join(client.get(reverse("collection:form_preview_workbook", args=[draft.code])).streaming_content)
    assert [cell.value for (cell,) in form_sheet(openpyxl.load_workbook(BytesIO(book)))["A8":"A11"]] == [
        "1", "2", "2%", "2. Программы"
    ]  # fmt: skip


def test_rows_of_another_period_are_not_offered_and_stand_in_the_way(
    client_of: ClientOf, draft: Form, versions: list[IndicatorVersion], specialist: User
) -> None:
    PackFactory(code="own", period_kind="calendar_year")
    stranger = VersionFactory(indicator__pack="yearly", name="Численность участников олимпиад")
    PackFactory(code="yearly", period_kind="school_year")
    add = reverse("collection:form_rows_add", args=[draft.code])
    client = client_of(Role.SPECIALIST)
    offered = [item.code for item in client.get(add, {"q": "численность"}).context["candidates"]]
    assert offered == ["own.1"]
    designing_rows.add_rows(form=draft, versions=[stranger], section="1. Дети", by=specialist)
    page = text_of(client.get(draft.get_absolute_url()))
    assert f"Строка {stranger.indicator.number} собирается за учебный год, а форма — за календарный год." in page
    with pytest.raises(Refused, match="собирается за учебный год"):
        designing.publish_form(form=draft, by=specialist)


def test_the_name_of_a_first_section_is_offered(
    client_of: ClientOf, versions: list[IndicatorVersion], specialist: User
) -> None:
    draft = designing.create_form(values={"title": "Пустая", "legal_basis": BASIS}, by=specialist)
    page = text_of(client_of(Role.SPECIALIST).get(reverse("collection:form_rows_add", args=[draft.code])))
    assert 'value="1. Показатели"' in page


def test_rows_move_within_their_section_and_sections_as_a_whole(
    client_of: ClientOf, draft: Form, versions: list[IndicatorVersion], specialist: User
) -> None:
    designing_rows.add_rows(form=draft, versions=versions[2:3], section="2. Программы", by=specialist)
    client = client_of(Role.SPECIALIST)
    names = lambda: list(draft.fields.order_by("order").values_list("version__indicator__number", flat=True))  # noqa: E731
    second = draft.fields.get(version__indicator__number="2")
    move = reverse("collection:form_row_move", args=[draft.code, second.pk])
    client.post(move, {"up": "1"})
    assert names() == ["2", "1", "3"]
    client.post(move, {"up": "1"})  # at the edge nothing changes
    assert names() == ["2", "1", "3"]
    client.post(reverse("collection:form_section", args=[draft.code]), {"section": "2. Программы", "up": "1"})
    assert names() == ["3", "2", "1"]
    row = reverse("collection:form_row", args=[draft.code, second.pk])
    client.post(row, {"section": "1. Дети", "place": 3, "help": "По списку", "reuse": "ask", "minutes_own": "7,5"})
    second.refresh_from_db()
    assert names() == ["3", "1", "2"]
    assert (second.help, second.minutes) == ("По списку", Decimal("7.5"))
    assert not second.is_required
    assert list(draft.fields.order_by("order").values_list("order", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_and_who_composes(client_of: ClientOf, draft: Form, role: Role) -> None:
    client = client_of(role)
    row = draft.fields.first()
    read = ["forms", "teacher_documents"]
    of_form = ["form", "form_preview", "form_preview_workbook"]
    got = [client.get(reverse(f"collection:{name}")).status_code for name in read]
    got += [client.get(reverse(f"collection:{name}", args=[draft.code])).status_code for name in of_form]
    assert set(got) == {200 if role in AUTHORITY else 404}
    write = ["form_passport", "form_rows_add", "form_rule_add"]
    got = [client.get(reverse("collection:form_create")).status_code]
    got += [client.get(reverse(f"collection:{name}", args=[draft.code])).status_code for name in write]
    got += [client.get(reverse("collection:form_row", args=[draft.code, row.pk])).status_code]
    assert set(got) == {200 if role in LAUNCHERS else 404}
    client.post(reverse("collection:form_row_remove", args=[draft.code, row.pk]))
    assert draft.fields.count() == (1 if role in LAUNCHERS else 2)


def test_a_director_composes_nothing_by_the_service_either(draft: Form, director: User) -> None:
    with pytest.raises(Refused):
        designing.publish_form(form=draft, by=director)
    assert Form.objects.get(pk=draft.pk).is_draft


def test_unknown_forms_rows_and_versions_are_not_found(client_of: ClientOf, draft: Form) -> None:
    client = client_of(Role.SPECIALIST)
    assert client.get(reverse("collection:form", args=["no-such"])).status_code == 404
    assert client.get(draft.get_absolute_url() + "?version=9").status_code == 404
    assert client.get(draft.get_absolute_url() + "?version=%00").status_code == 404
    assert client.get(reverse("collection:form_row", args=[draft.code, 999_999])).status_code == 404


# --- who prepares


def test_a_teacher_prepares_only_what_the_list_allows(client_of: ClientOf) -> None:
    client = client_of(Role.METHODOLOGIST)
    data = {
        "title": "Отчёт учителя", "legal_basis": BASIS, "source_state": "proposal", "period_kind": "school_year",
        "prepared_by": "teacher",
    }  # fmt: skip
    refused = client.post(reverse("collection:form_create"), data)
    assert "Педагог готовит только документы из перечня" in text_of(refused)
    assert not Form.objects.exists()
    client.post(reverse("collection:form_create"), {**data, "teacher_document": "attendance"})
    assert Form.objects.get().teacher_document == "attendance"
    listed = text_of(client.get(reverse("collection:teacher_documents")))
    assert "не подтверждено" in listed
    assert "№ 779" in listed


# --- versions


@pytest.mark.capability("S-104")
def test_a_published_version_is_frozen_and_campaigns_keep_theirs(
    client_of: ClientOf, draft: Form, versions: list[IndicatorVersion], specialist: User, school: Organization
) -> None:
    first = designing.publish_form(form=draft, by=specialist)
    campaign = asked_of(first, [school], specialist)
    with pytest.raises(Refused, match="не меняется"):
        designing_rows.add_rows(form=first, versions=versions[2:], section="", by=specialist)
    client = client_of(Role.SPECIALIST)
    client.post(reverse("collection:form_start", args=[first.code]))
    second = Form.objects.get(code=first.code, version=2)
    assert second.is_draft
    client.post(reverse("collection:form_start", args=[first.code]))  # pressed twice: the same draft
    assert Form.objects.filter(code=first.code).count() == 2
    designing_rows.remove_row(form=second, pk=second.fields.get(version=versions[0]).pk, by=specialist)
    designing_rows.add_rows(form=second, versions=versions[2:3], section="", by=specialist)
    designing.publish_form(form=second, by=specialist)
    submission = campaign.submissions.get()
    assert [row.number for row in definition_for(submission).rows] == ["1", "2"]
    assert "идёт по версии 1" in text_of(client.get(campaign.get_absolute_url()))
    later = asked_of(Form.objects.get(code=first.code, is_active=True), [school], specialist, "2026")
    url = reverse("collection:campaign_compare", args=[later.pk])
    for asked, number in ((campaign, "4"), (later, "6")):
        _answer(asked.submissions.get(), "own.2", number)
    compared = client.get(url).context["compared"][0]
    assert compared.is_other_version
    assert [(row.version.indicator.number, row.before, row.now) for row in compared.rows] == [("2", 4, 6)]
    page = text_of(client.get(url))
    assert "Версии формы разные: 1 и 2" in page
    assert "Сравниваются только общие показатели: 1" in page


def _answer(submission: Submission, key: str, number: str) -> None:
    row = definition_for(submission).by_key[key]
    submission.answers.create(field_id=row.field_id, number=Decimal(number), origin="web")
    now = timezone.now()
    submission.state, submission.number = "submitted", f"Ф-{submission.pk}"
    submission.submitted_at, submission.submitted_by = now, submission.campaign.created_by
    submission.save()


def test_a_draft_is_deleted_only_when_that_is_confirmed(client_of: ClientOf, draft: Form, specialist: User) -> None:
    active = designing.publish_form(form=draft, by=specialist)
    second = designing.start_version(form=active, by=specialist)
    client = client_of(Role.SPECIALIST)
    url = reverse("collection:form_discard", args=[draft.code])
    client.post(url)
    assert Form.objects.filter(pk=second.pk).exists()
    client.post(url, {"confirmed": "1"})
    assert not Form.objects.filter(pk=second.pk).exists()
    client.post(url, {"confirmed": "1"})  # again: the version in force is not a draft and stays
    assert Form.objects.get(code=draft.code).is_active


def test_an_empty_form_or_a_share_without_inputs_is_not_published(
    versions: list[IndicatorVersion], specialist: User
) -> None:
    form = designing.create_form(values={"title": "Пустая", "legal_basis": BASIS}, by=specialist)
    with pytest.raises(Refused, match="нечего заполнять"):
        designing.publish_form(form=form, by=specialist)
    designing_rows.add_rows(form=form, versions=[versions[1], versions[3]], section="", by=specialist)
    with pytest.raises(Refused, match=r"нет: own\.1"):
        designing.publish_form(form=form, by=specialist)


def test_files_of_packs_leave_a_form_alone_that_was_changed_here(specialist: User, form: Form) -> None:
    second = designing.start_version(form=form, by=specialist)
    designing.publish_form(form=second, by=specialist)
    services.refresh_forms(packs=["trial"])
    assert Form.objects.get(code="trial", is_active=True) == second


# --- asked already


@pytest.fixture
def published(draft: Form, specialist: User) -> Form:
    return designing.publish_form(form=draft, by=specialist)


@pytest.fixture
def rival(published: Form, versions: list[IndicatorVersion], specialist: User) -> Form:
    """A draft that asks one of the same indicators, and one more."""
    made = designing.create_form(values={"title": "Ещё одна форма", "legal_basis": BASIS}, by=specialist)
    designing_rows.add_rows(form=made, versions=[versions[0], versions[2]], section="", by=specialist)
    return made


def test_what_is_asked_elsewhere_is_refused_with_the_name_of_the_form(
    client_of: ClientOf, rival: Form, specialist: User, school: Organization
) -> None:
    client = client_of(Role.SPECIALIST)
    client.post(reverse("collection:form_publish", args=[rival.code]))
    rival.refresh_from_db()
    assert rival.is_draft
    page = text_of(client.get(rival.get_absolute_url()))
    assert "форма «Одарённые дети»" in page
    row = rival.fields.get(version__indicator__code="own.1")
    url = reverse("collection:form_row", args=[rival.code, row.pk])
    reason = {"duplicate_reason": "Сверка на другую дату", "reuse": "ask"}
    client.post(url, {"section": "1", "place": 1, "is_required": "on", **reason})
    client.post(reverse("collection:form_publish", args=[rival.code]))
    assert Form.objects.get(pk=rival.pk).is_active


def test_without_common_organisations_nothing_is_asked_twice(
    published: Form, rival: Form, specialist: User, school: Organization, kindergarten: Organization
) -> None:
    designing.edit_form(form=rival, values={"kinds": ["kindergarten"]}, by=specialist)
    Form.objects.filter(pk=published.pk).update(kinds=["school"])
    assert designing.publish_form(form=rival, by=specialist).is_active


def test_an_indicator_marked_as_the_same_is_a_duplicate(
    client_of: ClientOf, published: Form, specialist: User, school: Organization
) -> None:
    other = VersionFactory(indicator__pack="own", indicator__number="1x", name="Число талантливых детей")
    form = designing.create_form(values={"title": "Таланты", "legal_basis": BASIS}, by=specialist)
    designing_rows.add_rows(form=form, versions=[other], section="", by=specialist)
    client = client_of(Role.SPECIALIST)
    row = form.fields.get()
    client.post(reverse("collection:form_row_same", args=[form.code, row.pk]), {"code": "own.1"})
    assert SameIndicators.objects.count() == 1
    with pytest.raises(Refused, match="Одарённые дети"):
        designing.publish_form(form=form, by=specialist)
    client.post(reverse("collection:form_row_same", args=[form.code, row.pk]), {"code": "own.1", "unmark": "1"})
    assert designing.publish_form(form=form, by=specialist).is_active


@pytest.mark.capability("S-089")
def test_a_value_filled_once_is_used_in_the_other_form_with_its_source(
    client_of: ClientOf, published: Form, rival: Form, specialist: User, school: Organization,
    coordinator: User, director: User,
) -> None:  # fmt: skip
    row = rival.fields.get(version__indicator__code="own.1")
    designing_rows.edit_row(form=rival, pk=row.pk, values={"reuse": FormField.Reuse.TAKE}, by=specialist)
    designing.publish_form(form=rival, by=specialist)
    first = asked_of(published, [school], specialist).submissions.get()
    second = asked_of(rival, [school], specialist).submissions.get()
    assert [item.key for item in definition_for(second).inputs] == ["own.1", "own.3"]  # nobody has given it yet
    given = {"own.1": Given(number=Decimal(40)), "own.2": Given(number=Decimal(5))}
    services.save_answers(submission=first, answers=given, by=coordinator)
    services.submit_submission(submission=first, by=director)
    services.accept_submission(submission=first, by=specialist)
    assert [item.key for item in definition_for(second).inputs] == ["own.3"]
    client = client_of(Role.COORDINATOR)
    page = text_of(client.get(reverse("collection:section", args=[second.pk, 1])))
    assert "Уже собрано, спрашивать не нужно: форма «Одарённые дети»" in page
    sheet = form_sheet(openpyxl.load_workbook(BytesIO(workbook_of(second))))
    cell = sheet["D8"]
    assert (cell.value, cell.protection.locked) == (40, True)
    client.post(
        reverse("collection:section", args=[second.pk, 1]),
        {f"value-{row.pk}": "99", f"value-{rival.fields.get(version__indicator__code='own.3').pk}": "да"},
    )
    second.refresh_from_db()
    services.submit_submission(submission=second, by=director)
    services.accept_submission(submission=second, by=specialist)
    value = Value.objects.get(organization=school, version__indicator__code="own.1")
    assert (value.number, value.origin_id) == (40, str(first.pk))


def test_a_number_that_differs_from_what_was_collected_is_asked_about(
    client_of: ClientOf, published: Form, rival: Form, specialist: User, school: Organization, coordinator: User,
    director: User,
) -> None:  # fmt: skip
    row = rival.fields.get(version__indicator__code="own.1")
    values = {"reuse": FormField.Reuse.ASK, "duplicate_reason": "Другая дата"}
    designing_rows.edit_row(form=rival, pk=row.pk, values=values, by=specialist)
    designing.publish_form(form=rival, by=specialist)
    first = asked_of(published, [school], specialist).submissions.get()
    given = {"own.1": Given(number=Decimal(40)), "own.2": Given(number=Decimal(5))}
    services.save_answers(submission=first, answers=given, by=coordinator)
    services.submit_submission(submission=first, by=director)
    services.accept_submission(submission=first, by=specialist)
    second = asked_of(rival, [school], specialist).submissions.get()
    client = client_of(Role.COORDINATOR)
    section = reverse("collection:section", args=[second.pk, 1])
    assert "Уже собрано: 40" in text_of(client.get(section))
    client.post(section, {f"value-{row.pk}": "41", f"seen-{row.pk}": "0"})
    page = text_of(client.get(section))
    assert "асходится с тем, что собрано раньше" in page
    second.refresh_from_db()
    three = rival.fields.get(version__indicator__code="own.3")
    services.save_answers(submission=second, answers={"own.3": Given(number=Decimal(1))}, by=coordinator)
    with pytest.raises(Refused, match="расходится"):
        services.submit_submission(submission=second, by=director)
    assert three.is_asked


def test_a_campaign_asks_nothing_twice_for_the_period(
    published: Form, versions: list[IndicatorVersion], specialist: User, school: Organization
) -> None:
    rival = designing.create_form(
        values={"title": "За учебный год", "legal_basis": BASIS, "period_kind": "school_year"}, by=specialist
    )
    designing_rows.add_rows(form=rival, versions=versions[:1], section="", by=specialist)
    Form.objects.filter(pk=rival.pk).update(is_active=True, published_at=timezone.now(), period_kind="calendar_year")
    rival.refresh_from_db()  # as two forms of one day, published before either was asked
    asked_of(published, [school], specialist, "2025")
    with pytest.raises(Refused, match="Одарённые дети"):
        asked_of(rival, [school], specialist, "2025")
    assert asked_of(rival, [school], specialist, "2024").submissions.count() == 1


# --- whom a row concerns


@pytest.mark.capability("S-101")
def test_features_of_an_organisation_hide_rows_on_the_page_and_in_the_workbook(
    client_of: ClientOf, draft: Form, specialist: User, school: Organization, other_school: Organization
) -> None:
    office = client_of(Role.SPECIALIST)
    features = reverse("organizations:features", args=[school.code])
    office.post(features, {"features": ["boarding"]})
    school.refresh_from_db()
    assert school.features == ["boarding"]
    assert "Есть интернат" in text_of(office.get(school.get_absolute_url()))
    assert client_of(Role.DIRECTOR).post(features, {"features": []}).status_code == 404
    row = draft.fields.get(version__indicator__code="own.2")
    designing_rows.edit_row(form=draft, pk=row.pk, values={"features": ["boarding"]}, by=specialist)
    campaign = asked_of(designing.publish_form(form=draft, by=specialist), [school, other_school], specialist)
    own = campaign.submissions.get(organization=school)
    other = campaign.submissions.get(organization=other_school)
    name = "Из них получили поддержку"
    seen = client_of(Role.COORDINATOR).get(reverse("collection:section", args=[own.pk, 1]))
    hidden = client_of(Role.COORDINATOR, other_school).get(reverse("collection:section", args=[other.pk, 1]))
    assert name in text_of(seen)
    assert name not in text_of(hidden)
    texts = [
        {cell.value for row in form_sheet(openpyxl.load_workbook(BytesIO(workbook_of(item)))) for cell in row}
        for item in (own, other)
    ]
    assert [name in found for found in texts] == [True, False]
    board = office.get(campaign.get_absolute_url())
    shown = {str(row.get_cell("organization")): row.get_cell("filled") for row in board.context["table"].rows}
    assert sorted(shown.values()) == ["0 из 1", "0 из 2"]


def test_locality_and_programmes_count_as_features(
    draft: Form, specialist: User, school: Organization, versions: list[IndicatorVersion]
) -> None:
    rural = SchoolFactory(code="rural", number=8, name="Сельская школа", locality="rural", programmes=["primary"])
    rows = {item.version.indicator.number: item for item in draft.fields.select_related("version__indicator")}
    designing_rows.edit_row(form=draft, pk=rows["1"].pk, values={"features": ["rural"]}, by=specialist)
    designing_rows.edit_row(form=draft, pk=rows["2"].pk, values={"programmes": ["secondary"]}, by=specialist)
    campaign = asked_of(designing.publish_form(form=draft, by=specialist), [school, rural], specialist)
    numbers = {
        submission.organization.code: [row.number for row in definition_for(submission).rows]
        for submission in campaign.submissions.select_related("organization", "form")
    }
    assert numbers == {"rural": ["1"], school.code: ["2"]}


def test_a_share_goes_with_its_inputs_and_a_rule_with_its_rows(
    draft: Form, specialist: User, school: Organization, versions: list[IndicatorVersion]
) -> None:
    from apps.collection.services import designing_rules

    designing_rows.add_rows(form=draft, versions=versions[3:], section="1. Дети", by=specialist)
    values = {"rule": "[own.2] <= [own.1]", "severity": "error", "message": "Часть больше целого"}
    designing_rules.add_rule(form=draft, values=values, by=specialist)
    for field in draft.fields.filter(version__is_derived=False):
        designing_rows.edit_row(form=draft, pk=field.pk, values={"features": ["boarding"]}, by=specialist)
    designing_rows.add_rows(form=draft, versions=versions[2:3], section="2", by=specialist)
    submission = asked_of(designing.publish_form(form=draft, by=specialist), [school], specialist).submissions.get()
    definition = definition_for(submission)
    assert [row.number for row in definition.rows] == ["3"]
    assert definition.rules == ()


def test_same_marks_need_two_measured_indicators(specialist: User, versions: list[IndicatorVersion]) -> None:
    one = versions[0].indicator
    with pytest.raises(Refused):
        designing_rows.mark_same(indicator=one, other=one, by=specialist)
    group = Indicator.objects.create(code="own.g", pack="own", number="g", is_group=True)
    with pytest.raises(Refused):
        designing_rows.mark_same(indicator=one, other=group, by=specialist)
