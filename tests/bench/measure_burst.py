"""Q1: 250 workbooks in a burst, two real workers."""

import sys
import tempfile
import time
from pathlib import Path

from apps.core.models import Job
from tests.bench.registry import measure
from tests.queue import burst
from tests.queue.conftest import Worker, real_queue, wait_for

SCHOOLS, WORKERS = 250, 2


@measure(
    "Q1",
    goal=0,
    how=(
        "what is lost, doubled or wrong (rows, files, receipts, events, board, figures) after 250 schools uploaded, "
        "confirmed and handed in their workbooks, three at a time, every tenth pressing each button twice, a "
        "specialist accepted each form as it came in, and two workers recounted; seconds are printed"
    ),
)
def a_burst() -> float:
    campaign, senders, specialists = burst.prepare(SCHOOLS)
    with real_queue() as env, tempfile.TemporaryDirectory() as logs:
        workers = [Worker(env, Path(logs, f"worker{number}.log")) for number in range(WORKERS)]
        try:
            begun = time.monotonic()
            failures = [repr(failure) for failure in burst.Burst(senders, specialists).run()]
            accepted = time.monotonic() - begun
            wait_for(lambda: not Job.objects.filter(finished_at=None).exists(), 300)
            sys.stderr.write(f"Q1: accepted in {accepted:.0f} s, counted in {time.monotonic() - begun:.0f} s\n")
        finally:
            for worker in workers:
                worker.stop()
    failures += burst.wrong(campaign, senders)
    sys.stderr.write("".join(f"Q1: {failure}\n" for failure in failures))
    return len(failures)
