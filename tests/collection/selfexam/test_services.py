"""Writing the report: nobody's words lost, steps in order with all that stands in the way, frozen by approval."""

from datetime import date
from io import BytesIO

import pytest

from apps.collection.models import SelfExamination, SelfExamSection
from apps.collection.selfexam.sections import sections_for
from apps.collection.selfexam.steps import Step, due_of
from apps.collection.services import save_answers, selfexam
from apps.collection.services.answers import current_answers
from apps.core import events
from apps.core.findings import Refused
from tests.collection.selfexam.conftest import codes_of
from tests.factories.core import PeriodFactory
from tests.factories.selfexam import take, take_up_to, write_all


def save(school, year, by, text, *, code="general", revision=0, **flags):
    return selfexam.save_section(
        organization=school, period=year, code=code, text=text, revision=revision, by=by, **flags
    )


def test_sections_follow_the_programmes():
    school = [kind.code for kind in sections_for(["primary", "basic"])]
    kindergarten = [kind.code for kind in sections_for(["preschool"])]
    both = [kind.code for kind in sections_for(["basic", "preschool"])]
    additional = [kind.code for kind in sections_for(["additional"])]
    assert "graduates" in school
    assert "food" not in school
    assert {"health", "food", "family", "safety"} <= set(kindergarten)
    assert "graduates" not in kindergarten
    assert set(both) == set(school) | set(kindergarten)
    assert not {"graduates", "food"} & set(additional)


def test_a_text_is_kept_and_the_second_editor_is_told(school, year, coordinator, director):
    first = save(school, year, coordinator, "Первый текст.")
    assert (first.text, first.revision, first.changed_by) == ("Первый текст.", 1, coordinator)
    with pytest.raises(Refused) as refusal:
        save(school, year, director, "Второй текст, видел пустое.", revision=0)
    assert codes_of(refusal) == ["changed_meanwhile"]
    assert coordinator.get_short_name() in refusal.value.findings[0].message
    assert SelfExamSection.objects.get().text == "Первый текст."
    # The same words twice, or a save that has seen the newest text, are no conflict.
    assert save(school, year, director, "Первый текст.", revision=0).revision == 1
    assert save(school, year, director, "Третий текст.", revision=1).text == "Третий текст."


def test_autosave_leaves_one_line_of_history_a_day(school, year, coordinator):
    for revision, text in enumerate(["Один", "Один два", "Один два три"]):
        save(school, year, coordinator, text, revision=revision)
    examination = SelfExamination.objects.get()
    assert [event.kind for event in events.history(examination)] == ["selfexam.written"]


def test_strangers_do_not_write(school, year, other_director, specialist):
    for person in (other_director, specialist):
        with pytest.raises(Refused) as refusal:
            save(school, year, person, "Чужой текст.")
        assert codes_of(refusal) == ["no_right"]
    assert not SelfExamination.objects.exists()


def test_a_year_that_was_not_asked_has_no_report(school, director, submission):
    with pytest.raises(Refused) as refusal:
        save(school, PeriodFactory(code="2019"), director, "Текст.")
    assert codes_of(refusal) == ["not_asked"]


@pytest.mark.parametrize("text", ["СНИЛС 112-233-445 95", "Паспорт: 45 03 № 123456"])
def test_documents_of_persons_are_refused_whole_and_not_repeated(school, year, director, text):
    with pytest.raises(Refused) as refusal:
        save(school, year, director, f"Раздел. {text}.")
    assert codes_of(refusal) == ["personal_data"]
    assert not any(word in str(refusal.value) for word in ("112", "445", "4503", "123456"))
    assert not SelfExamSection.objects.exclude(text="").exists()


def test_last_years_text_stays_marked_until_it_is_changed_or_confirmed(school, year, director, submission):
    last = PeriodFactory(code="2024")
    old = SelfExamination.objects.create(organization=school, period=last, due_on=due_of(2024))
    for code in ("general", "process"):
        SelfExamSection.objects.create(examination=old, code=code, text=f"Было: {code}")
    save(school, year, director, "Уже написано.", code="process")
    assert selfexam.copy_last_year(organization=school, period=year, by=director) == 1
    copied = SelfExamSection.objects.get(examination__period=year, code="general")
    assert (copied.text, copied.is_copied) == ("Было: general", True)
    assert SelfExamSection.objects.get(examination__period=year, code="process").text == "Уже написано."
    with pytest.raises(Refused):
        selfexam.copy_last_year(organization=school, period=year, by=director)
    assert save(school, year, director, "Было: general", revision=1).is_copied
    assert not save(school, year, director, "Было: general", revision=1, is_current=True).is_copied


# --- steps


def test_the_whole_way_with_persons_and_days(written, director):
    sent = take_up_to(written, "sent", director)
    assert (sent.step, sent.sent_on) == (Step.SENT, date(2026, 4, 6))
    taken = list(sent.steps.values_list("step", "happened_on", "taken_by", "number"))
    assert taken == [
        ("discussed", date(2026, 3, 25), director.pk, "4"),
        ("approved", date(2026, 4, 1), director.pk, "57-о"),
        ("published", date(2026, 4, 3), director.pk, ""),
        ("sent", date(2026, 4, 6), director.pk, ""),
    ]
    assert not sent.is_late()


def test_the_council_needs_every_section(filled, director):
    save(filled.organization, filled.period, director, "Только один раздел.")
    examination = SelfExamination.objects.get()
    with pytest.raises(Refused) as refusal:
        take(examination, "discussed", director)
    empty = len(sections_for(filled.organization.programmes)) - 1
    assert codes_of(refusal) == ["empty_section"] * empty
    assert not examination.steps.exists()


def test_the_council_waits_for_copied_texts_and_unclear_names(written, director):
    written.sections.filter(code="general").update(is_copied=True)
    written.sections.filter(code="staff").update(text="Победил Иванов Иван Петрович.")
    with pytest.raises(Refused) as refusal:
        take(written, "discussed", director)
    assert codes_of(refusal) == ["copied_section", "personal_data"]
    assert "Иванов" not in str(refusal.value)
    section = written.sections.get(code="staff")
    save(written.organization, written.period, director, section.text, code="staff", revision=1, is_cleared=True)
    written.sections.filter(code="general").update(is_copied=False)
    assert take(written, "discussed", director).step == Step.DISCUSSED


def test_all_faults_of_a_step_at_once(written, director):
    with pytest.raises(Refused) as refusal:
        take(written, "discussed", director, body=" ", number="", happened_on=date(2026, 4, 11))
    assert codes_of(refusal) == ["no_body", "no_number", "future"]


@pytest.mark.parametrize(
    ("step", "day", "code"),
    [
        ("discussed", date(2025, 12, 31), "before_the_end"),
        ("approved", date(2026, 3, 24), "days_in_order"),
    ],
)
def test_days_go_in_order(written, director, step, day, code):
    if step == "approved":
        take(written, "discussed", director)
    with pytest.raises(Refused) as refusal:
        take(written, step, director, happened_on=day)
    assert codes_of(refusal) == [code]


@pytest.mark.parametrize("step", ["approved", "published", "sent", "draft", "nonsense"])
def test_steps_are_not_skipped(written, director, step):
    with pytest.raises(Refused) as refusal:
        selfexam.take_step(examination=written, step=step, happened_on=date(2026, 4, 1), by=director, number="1")
    assert codes_of(refusal) == ["state"]


def test_only_the_head_approves(written, coordinator, director):
    take(written, "discussed", coordinator)
    with pytest.raises(Refused) as refusal:
        take(written, "approved", coordinator)
    assert codes_of(refusal) == ["director_only"]
    assert take(written, "approved", director).is_approved


def test_approval_needs_all_indicators(submission, director):
    examination = write_all(submission.organization, submission.period, director)
    take(examination, "discussed", director)
    with pytest.raises(Refused) as refusal:
        take(examination, "approved", director)
    assert codes_of(refusal) == ["unfilled_form"]


def test_approval_freezes_texts_and_figures(written, filled, director):
    approved = take_up_to(written, "approved", director)
    assert len(approved.digest) == 64
    frozen = approved.document
    with pytest.raises(Refused) as refusal:
        save(written.organization, written.period, director, "Позже.", revision=1)
    assert codes_of(refusal) == ["approved"]
    answers = current_answers(filled)
    answers["trial.1"] = type(answers["trial.1"])(number=answers["trial.1"].number + 5)
    save_answers(submission=filled, answers=answers, by=director)
    approved.refresh_from_db()
    assert approved.document == frozen
    rows = frozen["tables"][0]["sections"][0]["rows"]
    assert {row["number"]: row["value"] for row in rows}["2%"] == "40,0\u00a0%"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.test/a", "school.test/report", "https://", ""])
def test_the_published_report_has_an_address_of_the_web(written, director, url):
    take_up_to(written, "approved", director)
    with pytest.raises(Refused) as refusal:
        take(written, "published", director, url=url)
    assert codes_of(refusal) in (["bad_url"], ["no_url"])


def test_the_last_step_is_undone_with_a_reason_and_stays_in_history(written, director, coordinator):
    examination = take_up_to(written, "approved", director)
    with pytest.raises(Refused) as refusal:
        selfexam.undo_step(examination=examination, reason="  ", by=director)
    assert codes_of(refusal) == ["no_reason"]
    with pytest.raises(Refused):
        selfexam.undo_step(examination=examination, reason="Ошибка", by=coordinator)
    undone = selfexam.undo_step(examination=examination, reason="Ошибка в тексте", by=director)
    assert (undone.step, undone.document, undone.digest) == (Step.DISCUSSED, None, "")
    assert undone.steps.get(step="approved").undo_reason == "Ошибка в тексте"
    assert save(written.organization, written.period, director, "Исправлено.", revision=1).text == "Исправлено."
    again = take(undone, "approved", director)
    assert again.steps.filter(step="approved").count() == 2


def test_the_department_gives_back_what_was_sent_and_nothing_else(written, director, specialist, methodologist):
    published = take_up_to(written, "published", director)
    with pytest.raises(Refused):
        selfexam.undo_step(examination=published, reason="Нет", by=specialist)
    sent = take(published, "sent", director)
    with pytest.raises(Refused):
        selfexam.undo_step(examination=sent, reason="Нет", by=methodologist)
    back = selfexam.undo_step(examination=sent, reason="Нет раздела", by=specialist)
    assert (back.step, back.sent_on) == (Step.PUBLISHED, None)


def test_sent_after_its_day_is_late(written, director):
    take_up_to(written, "published", director)
    written.refresh_from_db()
    written.due_on = date(2026, 4, 20)
    written.save()
    sent = take(written, "sent", director, happened_on=date(2026, 4, 21), today=date(2026, 4, 22))
    assert sent.is_late()


def test_attachments_until_the_approval(written, director, other_director):
    def add(name="план.pdf", content=b"%PDF-1.7 x", by=director):
        return selfexam.attach(
            organization=written.organization, period=written.period, stream=BytesIO(content), name=name,
            title="План", by=by,
        )  # fmt: skip

    made = add()
    with pytest.raises(Refused):
        add(name="вирус.exe")
    with pytest.raises(Refused):
        add(content=b"MZ....")
    with pytest.raises(Refused):
        add(by=other_director)
    assert written.attachments.count() == 1
    take_up_to(written, "approved", director)
    with pytest.raises(Refused):
        selfexam.detach(attachment=made, by=director)
    written.refresh_from_db()
    assert written.document["attachments"] == ["План"]


def test_equal_content_is_printed_once(written, director, other_director):
    first = selfexam.request_print(examination=written, by=director)
    assert selfexam.request_print(examination=written, by=director).pk == first.pk
    save(written.organization, written.period, director, "Новый текст.", revision=1)
    assert selfexam.request_print(examination=written, by=director).pk != first.pk
    with pytest.raises(Refused):
        selfexam.request_print(examination=written, by=other_director)
