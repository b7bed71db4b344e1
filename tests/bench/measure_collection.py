"""U1, B1: a filled 1324 workbook from request to findings, and the board of 600 organisations, in seconds.

Seconds of a machine that does other work, too: the least of several calls is the figure of the portal.
"""

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.definition import FormDefinition, Given, definition_of
from apps.collection.models import Form, Submission
from apps.collection.services.workbooks import identity_of
from apps.collection.workbook.writing import Filling, write_workbook
from apps.indicators.services import load_packs
from tests.bench.registry import measure, seconds
from tests.factories.accounts import MembershipFactory
from tests.factories.collection import CampaignFactory, SubmissionFactory, trial_form
from tests.factories.organizations import AuthorityFactory, SchoolFactory


def _answers(definition: FormDefinition, shift: int) -> dict[str, Given]:
    """Something in every cell; not everything agrees, so that there is something to find."""
    typed = {"text": Given(text="Есть"), "bool": Given(number=Decimal(1))}
    return {
        row.key: typed.get(row.value_type, Given(number=Decimal(place + shift)))
        for place, row in enumerate(definition.inputs)
    }


@measure(
    "U1",
    goal=1,
    how=(
        "seconds from the request with a filled 1324 workbook of a school (annex 2) to the page with its findings: "
        "the start of the limited child process, reading, checks, rules, storing, the preview page; the least of 12"
    ),
)
def uploading_a_workbook() -> float:
    load_packs()
    services.refresh_forms(by=None)
    form = Form.objects.filter(pack="so_oo").latest("version")
    campaign = CampaignFactory()
    campaign.forms.add(form)
    definition = definition_of(form)
    taken = []
    for number in range(13):
        school = SchoolFactory(programmes=["primary", "basic", "secondary"])
        submission = SubmissionFactory(campaign=campaign, form=form, organization=school)
        filling = Filling(school.name, campaign.title, "2025", date(2026, 4, 1), answers=_answers(definition, number))
        content = write_workbook(definition, identity_of(submission), filling)
        client = Client()
        client.force_login(MembershipFactory(role=Role.DIRECTOR, organization=school).user)
        client.get(reverse("collection:submission", args=[submission.pk]))

        def upload(client: Client = client, pk: int = submission.pk, content: bytes = content) -> None:
            url = reverse("collection:upload_create", args=[pk])
            page = client.post(url, {"workbook": SimpleUploadedFile("книга.xlsx", content)}, follow=True)
            assert page.status_code == 200
            assert page.redirect_chain, page.content.decode()[-3000:]

        taken.append(seconds(upload))
        kept = Submission.objects.get(pk=submission.pk).uploads.get()
        assert len(kept.values["answers"]) > 50
        assert kept.findings
    return min(taken[1:])


@measure(
    "B1",
    goal=0.2,
    how="seconds of the server for the board of a campaign of 600 organisations, two thirds handed in; the least of 15",
)
def the_board() -> float:
    form = trial_form()
    campaign = CampaignFactory()
    campaign.forms.add(form)
    specialist = MembershipFactory(role=Role.SPECIALIST, organization=AuthorityFactory()).user
    for number in range(600):
        sent = {
            "state": "submitted",
            "number": f"T-{number}",
            "submitted_at": timezone.now(),
            "submitted_by": specialist,
        }
        SubmissionFactory(campaign=campaign, form=form, organization=SchoolFactory(), **(sent if number % 3 else {}))
    client = Client()
    client.force_login(specialist)
    url = reverse("collection:board", args=[campaign.pk])

    def read() -> None:
        assert client.get(url).status_code == 200

    return min([seconds(read) for _ in range(16)][1:])
