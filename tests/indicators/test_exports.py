"""Exports: any set of values as a file, as far as the person may see them; the log of what was given to whom."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.models import Job
from apps.indicators.models import DataDispatch, DataExport, IndicatorVersion, Term
from apps.indicators.protection import protected_totals
from apps.indicators.selectors.exporting import Selection
from apps.indicators.services import NewValue, Origin, compute_aggregates, exports, record_values
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, RequestFactory, VersionFactory
from tests.factories.organizations import GroupFactory, KindergartenFactory, SchoolFactory

pytestmark = pytest.mark.django_db

EXPORT, LOG = "/indicators/export/", "/indicators/dispatches/"
SECRET = 7777


@pytest.fixture
def filled(school, other_school):
    """Three schools and a kindergarten; «2» of «1»; a small count at ours; a yes or no; an absence."""
    PackFactory(title="Пробный набор", short_title="Пробный набор")
    whole = VersionFactory(indicator__number="1", indicator__order=1, name="Всего")
    part = VersionFactory(indicator__number="2", indicator__order=2, name="=Часть")
    share = VersionFactory(
        indicator__number="2%", indicator__order=3, name="Доля", unit="%", value_type="percent", decimals=1,
        aggregation="ratio", is_derived=True, formula="100 * [trial.2] / [trial.1]", scale=100,
    )  # fmt: skip
    Term.objects.create(version=share, part="n", input=part.indicator, coefficient=1)
    Term.objects.create(version=share, part="d", input=whole.indicator, coefficient=1)
    VersionFactory(indicator__number="3", indicator__order=4, name="Зал", unit="да/нет", value_type="bool",
                   aggregation="share_yes")  # fmt: skip
    year = PeriodFactory(code="2025")
    third, garden = SchoolFactory(code="school-03", number=3), KindergartenFactory(number=5)
    given = {school: (100, 3, 1), other_school: (SECRET, 4000, 0), third: (50, 20, 1), garden: (40, 2, 1)}
    values = [
        NewValue(place.pk, f"trial.{number}", Decimal(value))
        for place, numbers in given.items()
        for number, value in enumerate(numbers, 1)
    ]
    record_values(period=year, source="collection", values=values, by=None, origin=Origin("t", "1"))
    compute_aggregates(period=year)
    return year


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def typed(**changed):
    given = {"packs": "trial", "periods": "2025", "content": "organizations", "layout": "rows", "kind": "csv"}
    return {**given, "make": "1", **changed}


def made(client, **changed):
    """The rows of the file that the form makes, header first; csv."""
    answer = client.post(EXPORT, typed(**changed))
    assert answer.status_code == 302, text(answer)
    content = b"".join(client.get(answer.headers["Location"].split("?")[0] + "file/").streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return [line.split(";") for line in content.decode("utf-8-sig").strip().split("\r\n")]


@pytest.mark.capability("S-111")
def test_a_specialist_exports_a_set_of_values(client_of, filled):
    client = client_of(Role.SPECIALIST)
    look = text(client.post(EXPORT, {key: value for key, value in typed().items() if key != "make"}))
    assert "Будет выгружено: 16 значений" in look
    assert not DataExport.objects.exists()
    rows = made(client)
    assert rows[0][:4] == ["Период", "Код организации", "Организация", "Код показателя"]
    cells = {(row[1], row[3]): row[7] for row in rows[1:]}
    assert len(cells) == 16
    assert cells["school-02", "trial.1"] == str(SECRET)
    assert cells["school-01", "trial.2"] == "3"
    assert cells["school-01", "trial.3"] == "да"
    assert cells["school-03", "trial.2%"] == "40"
    assert {row[4] for row in rows} >= {"'=Часть"}  # never a formula in a spreadsheet


def test_small_numbers_are_hidden_unless_asked_otherwise(client_of, filled):
    client = client_of(Role.SPECIALIST)
    shown = {(row[1], row[3]): row[7] for row in made(client)[1:]}
    hidden = {(row[1], row[3]): row[7] for row in made(client, hide_small="on")[1:]}
    assert shown["school-01", "trial.2"] == "3"
    assert hidden["school-01", "trial.2"] == "скрыто"
    assert hidden["school-01", "trial.2%"] == "скрыто"  # share and base would give the count back
    assert hidden["school-01", "trial.1"] == "100"


def test_the_selection_narrows(client_of, filled):
    GroupFactory(code="trio").organizations.set([])
    client = client_of(Role.SPECIALIST)
    assert {row[1] for row in made(client, kinds="kindergarten")[1:]} == {"kindergarten-05"}
    assert {row[1] for row in made(client, organizations=["school-01", "school-03"])[1:]} == {"school-01", "school-03"}
    assert {row[3] for row in made(client, packs=[], indicators=["trial.1"])[1:]} == {"trial.1"}
    assert "нет ни одного значения" in text(client.post(EXPORT, typed(group="trio")))
    for bad in ({"packs": []}, {"periods": []}, {"periods": "1999"}, {"content": "x"}, {"indicators": "no.such"}):
        assert "Есть ошибки" in text(client.post(EXPORT, typed(**bad)))


def test_columns_layout_as_xlsx(client_of, filled):
    client = client_of(Role.SPECIALIST)
    answer = client.post(EXPORT, typed(layout="columns", kind="xlsx"))
    sheet = load_workbook(BytesIO(b"".join(client.get(answer.headers["Location"] + "file/").streaming_content))).active
    rows = list(sheet.values)
    assert rows[0] == (
        "Период", "Код организации", "Организация", "trial.1 Всего, человек", "trial.2 =Часть, человек",
        "trial.2% Доля, %", "trial.3 Зал, да/нет",
    )  # fmt: skip
    assert rows[1] == ("2025", "school-01", "Школа № 1", 100, 3, 3, "да")


def test_a_school_exports_itself_only(client_of, filled):
    client = client_of(Role.DIRECTOR)
    form = text(client.get(EXPORT))
    assert "Школа № 2" not in form
    rows = made(client, organizations=["school-02"], kinds="school")
    assert {row[1] for row in rows[1:]} == {"school-01"}
    assert {(row[3], row[7]) for row in rows[1:]} >= {("trial.2", "3")}  # its own small numbers are its own
    totals = made(client, content="totals")
    assert {row[2] for row in totals[1:]} == {"муниципалитет в целом", "школа", "город"}
    assert all(str(SECRET) not in cell for row in totals for cell in row)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE])
def test_others_export_nothing(client_of, filled, role):
    assert client_of(role).get(EXPORT).status_code == 404
    assert client_of(role).post(EXPORT, typed()).status_code == 404
    assert client_of(role).get(LOG).status_code == 404


def test_a_foreign_file_is_not_found(client_of, filled, user_of, other_school):
    export = exports.make_export(selection=_selection(), kind="csv", by=user_of(Role.SPECIALIST))
    own = reverse("indicators:export_file", args=[export.pk])
    assert client_of(Role.HEAD).get(own).status_code == 200
    for who in (user_of(Role.DIRECTOR), user_of(Role.DIRECTOR, other_school), user_of(Role.OBSERVER)):
        assert client_of(who).get(own).status_code == 404
        assert client_of(who).get(reverse("indicators:export_detail", args=[export.pk])).status_code == 404


def _selection(**changed):
    from apps.organizations.models import Organization

    places = tuple(Organization.objects.educational().values_list("pk", flat=True))
    given = {"indicators": ("trial.1", "trial.2"), "periods": ("2025",), "organizations": places}
    return Selection(**{**given, **changed})


# --- totals


def test_totals_hide_what_could_be_subtracted(filled):
    """Two schools of a kind and a kindergarten alone: the kindergarten's count would be the rest of the sum."""
    from apps.indicators.models import Aggregate

    version = IndicatorVersion.objects.get(indicator__code="trial.2")
    found = list(Aggregate.objects.filter(version=version, period=filled, scope__in=["municipality", "kind"]))
    shown = {(one.scope, one.scope_key): protected_totals(found)[one.pk] for one in found}
    assert str(shown["kind", "kindergarten"]) == "скрыто"
    assert str(shown["kind", "school"]) == "скрыто"
    assert shown["municipality", ""] == 4025


# --- large files


def test_a_large_export_is_made_by_a_worker(client_of, filled, run_jobs, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 3)
    client = client_of(Role.SPECIALIST)
    answer = client.post(EXPORT, typed())
    export = DataExport.objects.get()
    assert export.file is None
    page = text(client.get(answer.headers["Location"]))
    assert "Скачать" not in page.split("<h1>")[1].split("</h1>")[0]
    assert client.get(answer.headers["Location"] + "file/").status_code == 404
    assert [job.state for job in run_jobs()] == [Job.State.DONE]
    export.refresh_from_db()
    assert export.rows == 16
    assert exports.write_file(export=export, user=exports.maker_of(export)) == 16  # twice is once


def test_the_worker_sees_what_the_asker_saw(filled, user_of, school, run_jobs, monkeypatch):
    """A person with two roles asked as a school: the worker must not see as the authority."""
    from tests.factories.accounts import MembershipFactory
    from tests.factories.organizations import AuthorityFactory

    monkeypatch.setattr(exports, "AT_ONCE", 0)
    person = MembershipFactory(role=Role.SPECIALIST, organization=AuthorityFactory()).user
    person.acting = MembershipFactory(user=person, role=Role.DIRECTOR, organization=school)
    export = exports.make_export(selection=_selection(), kind="csv", by=person)
    run_jobs()
    export.refresh_from_db()
    assert export.rows == 2


def test_too_many_values_are_refused(filled, specialist, monkeypatch):
    monkeypatch.setattr(exports, "MOST", 5)
    with pytest.raises(Refused) as refusal:
        exports.make_export(selection=_selection(), kind="csv", by=specialist)
    assert [finding.code for finding in refusal.value.findings] == ["too_many"]
    assert not DataExport.objects.exists()


# --- the log


@pytest.mark.capability("S-111")
@pytest.mark.capability("S-142")
def test_what_was_given_by_request_is_logged_with_its_file(client_of, filled):
    request = RequestFactory(asker="Региональный центр")
    request.indicators.set([IndicatorVersion.objects.get(indicator__code="trial.1").indicator])
    client = client_of(Role.SPECIALIST)
    assert 'value="trial.1" id="id_indicators_1_1" checked' in text(client.get(f"{EXPORT}?request={request.pk}"))
    answer = client.post(f"{EXPORT}?request={request.pk}", typed(packs=[], indicators=["trial.1"]))
    page = answer.headers["Location"]
    assert 'value="Региональный центр"' in text(client.get(page))
    future = (timezone.localdate() + timedelta(days=2)).isoformat()
    given = {"addressee": "Региональный центр", "ground": "Письмо № 5", "request": request.pk}
    assert "ещё не наступил" in text(client.post(page, {**given, "sent_on": future}))
    assert client.post(page, {**given, "sent_on": timezone.localdate().isoformat()}).status_code == 302
    dispatch = DataDispatch.objects.get()
    content = b"".join(client.get(reverse("indicators:export_file", args=[dispatch.export_id])).streaming_content)
    assert hashlib.sha256(content).hexdigest() == dispatch.export.file.sha256
    log = text(client.get(LOG))
    assert "Региональный центр" in log
    assert dispatch.export.file.sha256[:12] in log
    assert "Письмо № 5" in text(client.get(request.get_absolute_url()))
    assert client_of(Role.DIRECTOR).get(LOG).status_code == 404


def test_the_log_is_narrowed_and_a_slip_stays_in_it(client_of, filled, specialist):
    export = exports.make_export(selection=_selection(), kind="csv", by=specialist)
    day = timezone.localdate()
    for name, back in (("Министерство", 40), ("Прокуратура", 1)):
        exports.record_dispatch(
            export=export, addressee=name, ground="Запрос", sent_on=day - timedelta(days=back), by=specialist
        )
    client = client_of(Role.SPECIALIST)
    recent = text(client.get(f"{LOG}?since={day - timedelta(days=5)}"))
    assert "Прокуратура" in recent
    assert "Министерство" not in recent
    assert "Министерство" in text(client.get(f"{LOG}?q=минист"))
    for strange in ("?since=вчера", "?q=%00", "?page=x"):
        assert client.get(LOG + strange).status_code == 200
    row = DataDispatch.objects.get(addressee="Прокуратура")
    withdraw = reverse("indicators:dispatch_withdraw", args=[row.pk])
    assert "в чём ошибка" in text(client.post(withdraw, {"reason": " "}, follow=True))
    client.post(withdraw, {"reason": "не тот файл"})
    assert "не тот файл" in text(client.get(LOG))
    assert client_of(Role.METHODOLOGIST).post(withdraw, {"reason": "x"}).status_code == 404
    with pytest.raises(Refused):
        exports.withdraw_dispatch(dispatch=row, reason="ещё раз", by=specialist)


def test_only_the_department_records_a_dispatch(client_of, filled, methodologist):
    export = exports.make_export(selection=_selection(), kind="csv", by=methodologist)
    data = {"addressee": "Кто-то", "ground": "Просто", "sent_on": timezone.localdate().isoformat()}
    assert client_of(Role.METHODOLOGIST).post(export.get_absolute_url(), data).status_code == 404
    with pytest.raises(Refused):
        exports.record_dispatch(
            export=export, addressee="a", ground="b", sent_on=timezone.localdate(), by=methodologist
        )
