from datetime import date

import pytest

from apps.core.findings import Refused
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.decisions.parsing import parse_items
from apps.roadmaps.decisions.services import NewDecision, NewItem, cancel_decision, create_decision, sign_decision
from tests.factories.accounts import MembershipFactory
from tests.factories.decisions import SIGNED_ON, draft, line_of, signed
from tests.factories.organizations import GroupFactory

pytestmark = pytest.mark.django_db


def codes(refusal):
    return [finding.code for finding in refusal.value.findings]


ORDER = """1. Руководителям образовательных организаций:
1.1. Обеспечить контроль вопросов построения ВСОКО.
1.2. Довести до сведения педагогов материалы семинара.
1.2. Принять к сведению представленную информацию.
1.4. Создать рабочую группу в срок до 28 марта 2022 года.
2. Разместить документ на сайте в срок до 20.12.2022 года
и сообщить об этом."""


def test_pasted_items_keep_their_numbers_terms_and_kinds():
    items = parse_items(ORDER)
    assert [item.number for item in items] == ["1.", "1.1.", "1.2.", "1.2.", "1.4.", "2."]
    assert [item.is_heading for item in items] == [True, False, False, False, False, False]
    assert [item.due_on for item in items] == [None, None, None, None, date(2022, 3, 28), date(2022, 12, 20)]
    assert items[3].kind == "note"
    assert items[5].text.endswith("года\nи сообщить об этом.")
    assert parse_items("1.1. Сделать до 31 февраля 2022 года")[0].due_on is None


def test_without_analysis_or_a_reason_there_is_no_decision(specialist):
    with pytest.raises(Refused) as refusal:
        create_decision(new=NewDecision(title=" "), by=specialist)
    assert codes(refusal) == ["no_title", "no_basis"]
    assert not Decision.objects.exists()


def test_a_school_cannot_write_into_the_register_of_the_authority(director, specialist):
    with pytest.raises(Refused) as refusal:
        draft(director)
    assert codes(refusal) == ["not_allowed"]
    with pytest.raises(Refused):
        draft(specialist, organization=director.organization)


def test_the_head_controls_by_default(specialist, head):
    assert draft(specialist).controller == head


def test_texts_too_long_are_refused_and_long_ones_kept_whole(specialist):
    long = "ы" * 20_000
    made = draft(specialist, [NewItem(text=long, number="1.2.")], preamble=long)
    assert made.preamble == long
    assert made.items.get().text == long
    with pytest.raises(Refused) as refusal:
        draft(specialist, [NewItem(text=f"{long}!")], preamble=f"{long}!")
    assert codes(refusal) == ["long_text", "long_text"]


def test_signing_gives_a_line_to_each_executor_once(specialist, school, other_school, kindergarten):
    group = GroupFactory()
    group.organizations.set([school, other_school])
    item = NewItem(text="Создать рабочую группу", groups=[group], organizations=[school], due_on=date(2022, 3, 28))
    order = signed(specialist, [NewItem(text="Руководителям:", is_heading=True), item])
    lines = order.items.last().lines.all()
    assert {line.organization for line in lines} == {school, other_school}
    assert {line.due_on for line in lines} == {date(2022, 3, 28)}
    assert not order.items.first().lines.exists()


def test_an_item_that_names_nobody_is_the_authoritys_own(specialist, authority):
    order = signed(specialist, [NewItem(text="Утвердить Концепцию")])
    assert line_of(order).organization == authority


def test_an_item_of_a_named_head_is_at_his_organisation(specialist, director, school):
    order = signed(specialist, [NewItem(text="Распространить опыт", person=director)])
    assert (line_of(order).organization, line_of(order).person) == (school, director)


def test_a_number_stands_once_a_year_in_a_register(specialist):
    signed(specialist, [NewItem(text="Сделать")])
    second = draft(specialist, [NewItem(text="Сделать")])
    with pytest.raises(Refused) as refusal:
        sign_decision(decision=second, number="390", signed_on=SIGNED_ON, by=specialist)
    assert codes(refusal) == ["number_taken"]
    sign_decision(decision=second, number="390", signed_on=date(2023, 3, 24), by=specialist)


def test_signing_says_everything_that_is_missing(specialist):
    with pytest.raises(Refused) as refusal:
        sign_decision(decision=draft(specialist, signer=""), number=" ", signed_on=SIGNED_ON, by=specialist)
    assert codes(refusal) == ["no_number", "no_signer", "no_items"]


def test_a_signed_decision_is_signed_once(specialist):
    order = signed(specialist, [NewItem(text="Сделать")])
    with pytest.raises(Refused) as refusal:
        sign_decision(decision=order, number="391", signed_on=SIGNED_ON, by=specialist)
    assert codes(refusal) == ["signed"]


def test_a_decision_is_cancelled_with_a_reason_only(specialist):
    order = signed(specialist, [NewItem(text="Сделать")])
    with pytest.raises(Refused) as refusal:
        cancel_decision(decision=order, on=SIGNED_ON, reason=" ", by=specialist)
    assert codes(refusal) == ["no_reason"]
    cancelled = cancel_decision(decision=order, on=SIGNED_ON, reason="Заменён новым", by=specialist)
    assert (cancelled.state, cancelled.cancel_reason) == ("cancelled", "Заменён новым")


def test_a_dismissed_head_is_not_named_controller(specialist, authority):
    assert draft(specialist).controller is None
    MembershipFactory(role="head", organization=authority)
    assert draft(specialist).controller is not None
