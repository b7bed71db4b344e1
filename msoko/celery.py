"""The Celery application: Redis carries the tasks, PostgreSQL remembers them (see `apps.core.jobs`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msoko.settings")

app = Celery("msoko")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()
app.autodiscover_tasks()
