"""Papers that a worker typesets for one person: ordered with a job, given out to that person only."""

import uuid
from typing import Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core import files, jobs
from apps.core.models import Job, PrivateFile


def order(*, kind: str, arguments: dict[str, Any], url_name: str, title: str, by: Any) -> Job:
    """Have a worker make the paper; `url_name` is the page that gives it out by its identifier."""
    identifier = uuid.uuid4()
    return jobs.enqueue(
        kind=kind,
        arguments={**arguments, "file": str(identifier)},
        by=by,
        url=reverse(url_name, args=[identifier]),
        title=title[:200],
    )


def give(*, kind: str, identifier: uuid.UUID, to: Any) -> FileResponse:
    """The paper for the person who ordered it. Raises Http404 for everybody else and before it is made."""
    job = get_object_or_404(Job, kind=kind, created_by=to, arguments__file=str(identifier), state=Job.State.DONE)
    kept = PrivateFile.objects.filter(pk=job.result.get("file")).first()
    if kept is None:
        raise Http404
    return files.send_private(kept, inline=True)
