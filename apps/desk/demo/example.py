"""The file of ВПР that the demonstration leaves to the newcomer: kept at loading, imported by one press."""

from io import BytesIO
from typing import Any

from apps.core import events, files
from apps.core.models import Event, PrivateFile
from apps.desk.demo import f1_file
from apps.desk.demo.world import World
from apps.procedures import services as procedures
from apps.procedures.intake import Incoming
from apps.procedures.models import Batch, ResultFile

KEPT = "desk.demo_example_kept"


def load(world: World) -> None:
    """Keep the file of the spring of the school year in work."""
    year = world.timeline.school_years[f1_file.YEAR_INDEX].ends_on.year
    stream = BytesIO(f1_file.as_bytes(year=year, seed=world.seed))
    kept = files.store(stream=stream, name=f1_file.file_name(year), content_type=files.XLSX, by=None)
    events.record(kind=KEPT, subject=kept, by=None, text="Сохранён пример файла результатов")


def example() -> PrivateFile | None:
    """The file, if the demonstration is loaded."""
    event = Event.objects.filter(kind=KEPT, subject=PrivateFile._meta.label).first()
    return PrivateFile.objects.filter(pk=event.subject_id).first() if event else None


def waiting_example() -> PrivateFile | None:
    """The file, as long as nobody has handed it over."""
    kept = example()
    if kept is None or ResultFile.objects.filter(sha256=kept.sha256).exclude(state="undone").exists():
        return None
    return kept


def import_example(*, kept: PrivateFile, by: Any) -> Batch:
    """Hand the file over as if the person had uploaded it."""
    with kept.file.open("rb") as stream:
        return procedures.upload(incoming=[Incoming(name=kept.name, stream=BytesIO(stream.read()))], by=by)
