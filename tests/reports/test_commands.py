import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.reports.models import AnnualReport, Release
from tests.factories.results import ProcedureFactory, ResultAggregateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(period, school):
    work = ProcedureFactory(period=period)
    return ResultAggregateFactory(procedure=work, school__organization=school, marks=[10, 20, 30, 40])


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def publish(first, second, *more):
    return run("publish_report", "--period", "2025/26", "--as", first.email, "--approved-by", second.email, *more)


def test_publish_then_publish_a_correction(data, specialist, head):
    first = json.loads(publish(specialist, head, "--json").splitlines()[-1])
    assert (first["period"], first["release"]) == ("2025/26", 1)
    release = Release.objects.get(state="published")
    assert release.pdf.file.read(5) == b"%PDF-"
    assert first["digest"] == release.digest
    second = json.loads(publish(specialist, head, "--note", "Исправлено", "--json").splitlines()[-1])
    assert second["release"] == 2
    assert [each.state for each in Release.objects.order_by("number")] == ["superseded", "published"]


def test_the_same_person_is_refused_and_nothing_is_written(data, specialist):
    with pytest.raises(SystemExit) as end:
        publish(specialist, specialist)
    assert end.value.code == 2
    assert not Release.objects.filter(state="published").exists()


def test_a_person_of_a_school_is_refused(data, specialist, director):
    with pytest.raises(SystemExit) as end:
        publish(specialist, director)
    assert end.value.code == 2


def test_without_data_it_is_refused(period, specialist, head):
    with pytest.raises(SystemExit) as end:
        publish(specialist, head)
    assert end.value.code == 2


def test_a_dry_run_changes_nothing(data, specialist, head):
    assert "Это проба" in publish(specialist, head, "--dry-run")
    assert not AnnualReport.objects.exists()
    assert not Release.objects.exists()


def test_a_report_is_rendered_to_a_file_without_publishing(data, tmp_path):
    target = tmp_path / "report.pdf"
    run("render_report", "--period", "2025/26", "-o", str(target))
    assert target.read_bytes().startswith(b"%PDF-")
    assert not Release.objects.exists()


def test_wrong_use_is_told_in_words(data, tmp_path):
    with pytest.raises(CommandError, match="Нет папки"):
        run("render_report", "--period", "2025/26", "-o", str(tmp_path / "no" / "report.pdf"))
    with pytest.raises(CommandError, match="Выпуска 3"):
        run("render_report", "--period", "2025/26", "--release", "3", "-o", str(tmp_path / "report.pdf"))
    with pytest.raises(CommandError, match="не период"):
        run("render_report", "--period", "когда-нибудь", "-o", str(tmp_path / "report.pdf"))
