"""Envelopes of the core's background work."""

from celery import shared_task

from apps.core import jobs


@shared_task(acks_late=True, reject_on_worker_lost=True)
def run_job(job_id: str) -> None:
    """Run one job by its id."""
    jobs.run(job_id)


@shared_task
def sweep_jobs() -> int:
    """Send lost jobs again; beat calls it every half minute."""
    return jobs.sweep()
