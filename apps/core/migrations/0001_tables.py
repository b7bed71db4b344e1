import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_notices"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="день")),
                ("claimed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="подготовлено")),
                ("tried_at", models.DateTimeField(null=True, verbose_name="передано почте")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="отправлено")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кому",
                    ),
                ),
            ],
            options={
                "verbose_name": "письмо дня",
                "verbose_name_plural": "письма дня",
                "ordering": ("-day", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=64, verbose_name="вид")),
                ("subject", models.CharField(max_length=64, verbose_name="предмет")),
                ("subject_id", models.CharField(max_length=64, verbose_name="номер предмета")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                ("text", models.CharField(max_length=500, verbose_name="что")),
                ("data", models.JSONField(default=dict, verbose_name="подробности")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "событие",
                "verbose_name_plural": "события",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=64, verbose_name="вид")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("arguments", models.JSONField(default=dict, verbose_name="аргументы")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "в очереди"),
                            ("running", "выполняется"),
                            ("done", "готово"),
                            ("refused", "отклонено"),
                            ("failed", "сбой"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="сделано")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="всего")),
                ("stage", models.CharField(blank=True, max_length=200, verbose_name="шаг")),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="попытка")),
                (
                    "send_after",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="отправить повторно после"),
                ),
                ("lease_until", models.DateTimeField(null=True, verbose_name="аренда до")),
                ("result", models.JSONField(default=dict, verbose_name="итог")),
                ("findings", models.JSONField(default=list, verbose_name="замечания")),
                ("failure", models.CharField(blank=True, max_length=300, verbose_name="сбой")),
                ("url", models.CharField(blank=True, max_length=300, verbose_name="страница итога")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создано")),
                ("started_at", models.DateTimeField(null=True, verbose_name="начато")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="окончено")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "задание",
                "verbose_name_plural": "задания",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, verbose_name="ключ")),
                ("title", models.CharField(max_length=300, verbose_name="о чём")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="подробности")),
                ("url", models.CharField(max_length=300, verbose_name="страница")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="срок")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="прочитано")),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлено почтой")),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="core.digest",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кому",
                    ),
                ),
            ],
            options={
                "verbose_name": "уведомление",
                "verbose_name_plural": "уведомления",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="код")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school_year", "учебный год"),
                            ("calendar_year", "календарный год"),
                            ("half_year", "полугодие"),
                            ("quarter", "квартал"),
                            ("date", "дата"),
                        ],
                        max_length=16,
                        verbose_name="вид",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="конец")),
            ],
            options={
                "verbose_name": "период",
                "verbose_name_plural": "периоды",
                "ordering": ("-starts_on", "kind"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="period_days_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivateFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("file", models.FileField(max_length=200, upload_to="", verbose_name="файл")),
                ("name", models.CharField(max_length=200, verbose_name="имя")),
                ("size", models.PositiveBigIntegerField(verbose_name="размер, байт")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content_type", models.CharField(max_length=100, verbose_name="тип")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создан")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "файл",
                "verbose_name_plural": "файлы",
            },
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("user", "day"), name="one_digest_a_day"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at__isnull", True), ("tried_at__isnull", False), _connector="OR"),
                name="digest_tried_before_sent",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject", "subject_id"], name="event_subject"),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["state", "lease_until"], name="job_sweep"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "running"), _negated=True), ("lease_until__isnull", False), _connector="OR"
                ),
                name="running_job_has_lease",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "-created_at"], name="notice_of_user"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["user"], name="notice_unread"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("digest__isnull", True), ("mailed_at__isnull", True), ("read_at__isnull", True)),
                fields=["user"],
                name="notice_awaiting_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="one_notice_of_a_thing"),
        ),
    ]
