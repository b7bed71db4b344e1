"""One recommendation for many: chosen by figures, previewed, each sent its own; who has no figure is named."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.indicators.models import IndicatorVersion
from apps.organizations.models import Group
from apps.roadmaps.bulk import choosing
from apps.roadmaps.drafts import preparing, services
from apps.roadmaps.drafts import templates as wording
from apps.roadmaps.models import Recommendation, RecommendationDraft
from tests.factories.core import PeriodFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.sides import shares
from tests.factories.signs import counted_list, scene

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Курсы педагогов",
    "text": "{организация}: {значение}, в среднем {среднее по муниципалитету}. Составьте план до {срок}.",
    "basis_text": "{показатель} за {период}",
    "due_on": "2030-05-01",
}


@pytest.fixture
def figures(school, other_school, period):
    return shares(school, other_school)


def test_chosen_by_an_indicator_previewed_and_sent_with_own_figures(client_of, figures, school, period, other_school):
    client = client_of(Role.SPECIALIST)
    address = f"{reverse('roadmaps:bulk')}?indicator=trial.9&only_weak=on"
    assert [line.organization for line in client.get(address).context["chosen"].lines] == [school, other_school]
    data = {**WORDS, "period": period.pk, "organizations": [school.pk, other_school.pk]}
    page = client.post(address, {**data, "preview": "1"}).content.decode()
    assert "Школа № 1: 20,0\xa0%, в среднем 45,0\xa0%. Составьте план до 01.05.2030." in page
    assert not Recommendation.objects.exists()
    assert client.post(address, {**data, "issue": "1"}).status_code == 302
    made = Recommendation.objects.get()
    texts = {row.organization: row.text for row in made.addressees.all()}
    assert texts[other_school] == "Школа № 2: 30,0\xa0%, в среднем 45,0\xa0%. Составьте план до 01.05.2030."
    assert {row.figures[0]["value"] for row in made.addressees.all()} == {"20.000000000000", "30.000000000000"}
    assert [one.code for one in made.indicators.all()] == ["trial.9"]
    own = client_of(Role.DIRECTOR).get(made.addressees.get(organization=school).get_absolute_url()).content.decode()
    assert "Школа № 1: 20,0" in own
    assert "30,0" not in own
    assert "{" not in made.addressees.first().basis_text


def test_who_has_no_figure_is_listed_and_never_sent_a_hole(client_of, figures, period):
    group = Group.objects.create(code="trio", name="Три школы")
    silent = SchoolFactory(number=8, name="Школа № 8")
    group.organizations.set([silent])
    client = client_of(Role.SPECIALIST)
    address = f"{reverse('roadmaps:bulk')}?indicator=trial.9&group=trio"
    data = {**WORDS, "period": period.pk, "organizations": [silent.pk]}
    page = client.post(address, {**data, "preview": "1"}).content.decode()
    assert "Не получат, потому что цифр нет: 1" in page
    assert "Школа № 8: нет — значение" in page
    page = client.post(address, {**data, "issue": "1"}).content.decode()
    assert "Школа № 8: нет цифр для подстановок — значение" in page
    page = client.post(address, {**data, "text": "{значене}", "issue": "1"}).content.decode()
    assert "Неизвестная подстановка {значене}" in page
    assert not Recommendation.objects.exists()


def test_one_step_from_a_rule_to_all_that_it_marks(client_of, specialist, school, period):
    scene(school, others=1)
    sign_list = counted_list(specialist, period)
    client = client_of(Role.SPECIALIST)
    address = f"{reverse('roadmaps:bulk')}?sign=failing_share"
    assert address in client.get(reverse("analysis:sign_rule", args=["failing_share"])).content.decode()
    context = client.get(address).context
    assert [line.organization for line in context["chosen"].lines] == [school]
    initial = context["form"].initial
    data = {
        **{name: initial[name] for name in ("title", "text", "basis_text")},
        "period": period.pk, "due_on": "2030-05-01", "organizations": [school.pk], "issue": "1",
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    made = Recommendation.objects.get()
    sign = sign_list.signs.get(organization=school, code="failing_share")
    assert sign.written in made.addressees.get().basis_text
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Признак от" in page
    assert str(sign) in page


def test_nothing_chosen_is_nobody_and_bad_addresses_do_no_harm(client_of, figures):
    client = client_of(Role.HEAD)
    assert not client.get(reverse("roadmaps:bulk")).context["chosen"].lines
    assert client.get(f"{reverse('roadmaps:bulk')}?indicator=x&period=%00&group=y&kind=z").status_code == 200
    for role in (Role.METHODOLOGIST, Role.DIRECTOR, Role.ASSOCIATION_LEADER):
        assert client_of(role).get(reverse("roadmaps:bulk")).status_code == 404


def test_drafts_from_weak_indicators_say_on_what_they_rest(client_of, figures, specialist, school, other_school):
    client = client_of(Role.SPECIALIST)
    data = {"indicator": "trial.9", "period": "2025"}
    PeriodFactory(code="2040")
    assert 'value="2040"' not in client.get(reverse("roadmaps:prepare_weak")).text  # nobody has figures of it
    assert client.post(reverse("roadmaps:prepare_weak"), data).status_code == 302
    client.post(reverse("roadmaps:prepare_weak"), data)  # nothing twice
    drafts = list(RecommendationDraft.objects.order_by("organization__number"))
    assert [draft.organization for draft in drafts] == [school, other_school]
    assert "20,0\xa0%" in drafts[0].text
    assert "в худшей четверти организаций" in drafts[0].basis_text
    page = client.get(reverse("roadmaps:drafts")).content.decode()
    assert "слабый показатель" in page
    made = services.issue_drafts(drafts=drafts[:1], by=specialist)
    assert [one.code for one in made[0].indicators.all()] == ["trial.9"]
    page = client.post(reverse("roadmaps:prepare_weak"), {"period": "2025"}).content.decode()
    assert "Выберите направление или показатель" in page


def test_drafts_from_signs_that_nobody_has_decided_about(specialist, school, period):
    scene(school, others=1)
    sign_list = counted_list(specialist, period)
    assert preparing.prepare_drafts(sign_list=sign_list, by=specialist) == 0
    assert preparing.prepare_drafts(sign_list=sign_list, by=specialist, only_confirmed=False) > 0
    assert all("решения специалиста ещё нет" in draft.basis_text for draft in RecommendationDraft.objects.all())


def test_a_level_of_attention_goes_before_the_quarter(figures, specialist, school):
    IndicatorVersion.objects.filter(pk=figures.pk).update(attention=25)
    choice = choosing.Choice(indicator=figures.indicator, only_weak=True)
    why, found = choosing.choose(choice, specialist)
    assert (found, why[school.pk]) == ([school], "хуже порога внимания 25,0\xa0%")


def test_a_template_is_checked_previewed_and_archived(client_of, figures, school, specialist):
    client = client_of(Role.HEAD)
    form = {"title": "Курсы", "text": "{организация}: {значене}", "days": "30"}
    page = client.post(reverse("roadmaps:template_new"), form).content.decode()
    assert "Неизвестная подстановка {значене}. Возможно, {значение}." in page
    made = client.post(reverse("roadmaps:template_new"), {**form, "text": "{организация}: {значение}"})
    page = client.get(f"{made.url}?organization=school-01&indicator=trial.9").content.decode()
    assert "Школа № 1: 20,0" in page
    assert "У Школа № 7 нет цифр" not in page
    pk = int(made.url.rstrip("/").split("/")[-1])
    client.post(reverse("roadmaps:template_archive", args=[pk]))
    assert client.get(made.url).status_code == 404
    long = wording.TemplateWords("Курсы", "а" * 20_000, 30)
    with pytest.raises(wording.findings.Refused):
        wording.save_template(words=long, by=specialist)
    assert client_of(Role.METHODOLOGIST).get(reverse("roadmaps:template_new")).status_code == 404
