"""A deadline: many schools upload, confirm and hand in at once while specialists accept and workers recount."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from queue import Empty, SimpleQueue
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection.definition import Given, definition_of
from apps.collection.models import AnswerChange, Campaign, Submission, SubmissionUpload
from apps.collection.selectors.board import counts_of
from apps.collection.services.workbooks import identity_of
from apps.collection.workbook.writing import Filling, write_workbook
from apps.core.models import Event, PrivateFile
from apps.indicators.models import Aggregate, Value
from apps.indicators.services import compute_aggregates
from tests.factories.accounts import MembershipFactory
from tests.factories.collection import CampaignFactory, SubmissionFactory, trial_form
from tests.factories.organizations import AuthorityFactory, SchoolFactory

SCHOOLS_AT_ONCE, SPECIALISTS = 3, 1
ROWS = 5  # of the trial form
END = None


@dataclass(frozen=True)
class Sender:
    submission: Submission
    director: User
    workbook: bytes


def numbers_of(place: int) -> dict[str, Decimal]:
    """What the school with this number reports: different in each."""
    numbers = {"1": 100 + place, "2": place % 90, "3": 4, "4": place % 2, "5": place}
    return {f"trial.{row}": Decimal(number) for row, number in numbers.items()}


def prepare(schools: int) -> tuple[Campaign, list[Sender], list[User]]:
    """A campaign of the trial form and the filled workbook of each school."""
    form = trial_form()
    campaign = CampaignFactory()
    campaign.forms.add(form)
    definition = definition_of(form)
    authority = AuthorityFactory()
    specialists = [MembershipFactory(role=Role.SPECIALIST, organization=authority).user for _ in range(SPECIALISTS)]
    senders = []
    for place in range(schools):
        school = SchoolFactory()
        submission = SubmissionFactory(campaign=campaign, form=form, organization=school)
        answers = {key: Given(number=number) for key, number in numbers_of(place).items()}
        filling = Filling(school.name, campaign.title, "2025", date(2026, 4, 1), answers=answers)
        book = write_workbook(definition, identity_of(submission), filling)
        senders.append(Sender(submission, MembershipFactory(role=Role.DIRECTOR, organization=school).user, book))
    return campaign, senders, specialists


def _post(client: Client, name: str, *numbers: int, **data: Any) -> Any:
    response = client.post(reverse(f"collection:{name}", args=numbers), data)
    assert response.status_code == 302, (name, response.status_code, response.content[-2000:])
    return response


def hand_in(sender: Sender, again: bool) -> None:
    """Upload, confirm what is shown, hand in; `again` presses each button twice, as impatient people do."""
    client, pk = Client(), sender.submission.pk
    client.force_login(sender.director)
    for _ in range(1 + again):
        uploaded = _post(client, "upload_create", pk, workbook=SimpleUploadedFile("книга.xlsx", sender.workbook))
    upload = sender.submission.uploads.get()
    assert uploaded.headers["Location"] == upload.get_absolute_url()
    for _ in range(1 + again):
        _post(client, "upload_confirm", pk, upload.pk, digest=upload.digest)
    revision = Submission.objects.get(pk=pk).revision
    for _ in range(1 + again):
        _post(client, "submit", pk, revision=revision, confirmed="on")


def accept(specialist: User, submission: int, again: bool) -> None:
    client = Client()
    client.force_login(specialist)
    revision = Submission.objects.get(pk=submission).revision
    for _ in range(1 + again):
        _post(client, "accept", submission, revision=revision)


class Burst:
    """The senders hand in, the specialists accept what has been handed in; `failures` is what went wrong."""

    def __init__(self, senders: Iterable[Sender], specialists: Iterable[User]) -> None:
        self.waiting: SimpleQueue[Sender] = SimpleQueue()
        self.handed_in: SimpleQueue[int | None] = SimpleQueue()
        self.specialists = list(specialists)
        self.failures: list[BaseException] = []
        for sender in senders:
            self.waiting.put(sender)

    def run(self) -> list[BaseException]:
        schools = [self._start(self._hand_in) for _ in range(SCHOOLS_AT_ONCE)]
        people = [self._start(self._accept, user) for user in self.specialists]
        for thread in schools:
            thread.join()
        for _ in people:
            self.handed_in.put(END)
        for thread in people:
            thread.join()
        return self.failures

    def _hand_in(self) -> None:
        with suppress(Empty):
            while True:
                sender = self.waiting.get_nowait()
                hand_in(sender, again=sender.submission.pk % 10 == 0)
                self.handed_in.put(sender.submission.pk)

    def _accept(self, user: User) -> None:
        while (submission := self.handed_in.get()) is not END:
            accept(user, submission, again=submission % 10 == 0)

    def _start(self, work: Callable[..., None], *arguments: Any) -> threading.Thread:
        def body() -> None:
            try:
                work(*arguments)
            except BaseException as failure:  # noqa: BLE001 (a thread must hand it over)
                self.failures.append(failure)
            finally:
                connection.close()

        thread = threading.Thread(target=body)
        thread.start()
        return thread


def wrong(campaign: Campaign, senders: list[Sender]) -> list[str]:
    """What was lost or doubled, in the tables, on the board and in the figures; nothing is right."""
    count = len(senders)
    board = counts_of(campaign)
    counts = {
        "accepted on the board": board.accepted,
        "all on the board": board.total,
        "receipts": Submission.objects.exclude(number="").values("number").distinct().count(),
        "uploads": SubmissionUpload.objects.count(),
        "confirmed uploads": SubmissionUpload.objects.filter(state="confirmed").count(),
        "files": PrivateFile.objects.count(),
        "changes": AnswerChange.objects.count() / ROWS,
        "values": Value.objects.count() / ROWS,
    }
    for kind in ("submission.uploaded", "submission.submitted", "submission.accepted"):
        counts[kind] = Event.objects.filter(kind=kind).count()
    found = [f"{name}: {number} of {count}" for name, number in counts.items() if number != count]
    expected = {sender.submission.organization_id: numbers_of(place) for place, sender in enumerate(senders)}
    for code in ("trial.1", "trial.2", "trial.5"):
        stored = dict(Value.objects.filter(version__indicator__code=code).values_list("organization_id", "number"))
        if stored != {place: numbers[code] for place, numbers in expected.items()}:
            found.append(f"values of {code}")
        figure = Aggregate.objects.filter(version__indicator__code=code, scope="municipality").first()
        total = sum(numbers[code] for numbers in expected.values())
        if figure is None or (figure.value, figure.reported, figure.expected) != (total, count, count):
            found.append(f"figure of {code}: {figure}")
    if compute_aggregates(period=campaign.period).changed:
        found.append("a full recount gives other rows")
    return found
