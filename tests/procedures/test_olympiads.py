"""Stages of the olympiad kept by hand: sites, observers, protocols, counts; what is measured over them."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import periods
from apps.core.models import Period
from apps.procedures.models import Olympiad, OlympiadCount, Subject
from apps.procedures.olympiads import selectors
from tests.factories.indicators import ValueFactory, VersionFactory
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db

STAGE = {
    "period": "2025/26", "stage": "municipal", "subject": "математика", "held_on": "2025-11-20",
    "sites": "Школа № 1, Школа № 2", "observers": "6, родительский комитет", "document": "Приказ № 5",
}  # fmt: skip


def stated(**more):
    return STAGE | more


@pytest.mark.capability("S-147")
def test_a_methodologist_keeps_stages_with_sites_observers_protocols_and_counts(client_of, school, other_school):
    client = client_of(Role.METHODOLOGIST)
    create = reverse("procedures:olympiad_create")
    refused = client.post(create, stated(observers="Вымыслова Анна Ивановна", stage="contest"))
    assert "Похоже на имя человека" in text_of(refused)
    assert "Назовите конкурс" in text_of(refused)
    not_pdf = SimpleUploadedFile("протокол.pdf", b"PK", content_type="application/pdf")
    assert "Это не PDF" in text_of(client.post(create, stated(protocol=not_pdf)))
    protocol = SimpleUploadedFile("протокол.pdf", b"%PDF-1.7 test", content_type="application/pdf")
    made = client.post(create, stated(protocol=protocol))
    olympiad = Olympiad.objects.get()
    assert made.url == olympiad.get_absolute_url()
    assert "Этот предмет в этом этапе уже есть" in text_of(client.post(create, stated()))
    page = reverse("procedures:olympiad", args=[olympiad.pk])
    count = {"organization": school.pk, "grade": "7", "participants": "20", "winners": "2", "prize_winners": "3"}
    assert "больше, чем участников" in text_of(client.post(page, count | {"winners": "30"}))
    client.post(page, count)
    client.post(page, count | {"organization": other_school.pk, "participants": "5", "winners": "0"})
    said = text_of(client.get(page))
    for words in ("Школа № 1, Школа № 2", "6, родительский комитет", "протокол.pdf", "Приказ № 5", "25,0 %"):
        assert words in said
    file = client.get(reverse("procedures:olympiad_protocol", args=[olympiad.pk]))
    assert b"".join(file.streaming_content) == b"%PDF-1.7 test"
    listed = text_of(client.get(reverse("procedures:olympiads")))
    assert "Муниципальный этап" in listed
    assert "Математика" in listed

    client.post(reverse("procedures:olympiad_edit", args=[olympiad.pk]), stated(sites="Лицей"))
    olympiad.refresh_from_db()
    assert (olympiad.sites, olympiad.protocol.name) == ("Лицей", "протокол.pdf")
    client.post(page, count | {"participants": "0", "winners": "0", "prize_winners": "0"})
    assert list(OlympiadCount.objects.values_list("organization", flat=True)) == [other_school.pk]

    director = client_of(Role.DIRECTOR, other_school)
    own = text_of(director.get(reverse("procedures:olympiads")))
    assert "5" in own
    assert "Школа № 1" not in own
    for address in (page, create, reverse("procedures:olympiad_protocol", args=[olympiad.pk])):
        assert director.get(address).status_code == 404
    public = client_of(Role.PUBLIC_REPRESENTATIVE)
    assert public.get(reverse("procedures:olympiads")).status_code == 404


def test_measures_are_over_participations_and_known_pupils(director, head, school, other_school):
    period = Period.objects.named(periods.parse_period("2025/26"))

    olympiad = Olympiad.objects.create(period=period, stage="school", subject=Subject.objects.create(name="Химия"))
    OlympiadCount.objects.create(
        olympiad=olympiad, organization=school, grade=8, participants=30, winners=3, prize_winners=6
    )
    OlympiadCount.objects.create(olympiad=olympiad, organization=other_school, grade=8, participants=10)
    version = VersionFactory(indicator__code="so_oo.1.1")
    for year, number in ((2024, 500), (2025, 600)):
        known = Period.objects.named(periods.calendar_year(year))
        ValueFactory(organization=school, version=version, period=known, number=number)
    (stage,) = selectors.report(head, period)
    assert (stage.totals.participants, stage.totals.per_hundred) == (40, None)  # pupils of one school are not known
    awarded = stage.totals.awarded
    assert (awarded.value, awarded.n) == (Decimal("22.5"), 40)
    assert (round(float(awarded.low), 1), round(float(awarded.high), 1)) == (12.3, 37.5)  # Wilson by hand
    lines = {line.organization.pk: line.totals for line in stage.organizations}
    assert lines[school.pk].per_hundred == 5  # 30 of 600
    assert lines[other_school.pk].per_hundred is None
    (own,) = selectors.report(director, period)
    assert (own.totals.participants, own.totals.per_hundred) == (30, 5)
