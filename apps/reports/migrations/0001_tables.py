import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_evidence"),
    ]

    dependencies = [
        ("core", "0001_tables"),
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnualReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=250, verbose_name="название")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="начат")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "period",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annual_report",
                        to="core.period",
                        verbose_name="учебный год",
                    ),
                ),
            ],
            options={
                "verbose_name": "годовой отчёт",
                "verbose_name_plural": "годовые отчёты",
                "ordering": ("-period__starts_on",),
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counts", models.JSONField(default=dict, verbose_name="итоги")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="заказан")),
                (
                    "archive",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.job",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="учебный год",
                    ),
                ),
                (
                    "word",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
            ],
            options={
                "verbose_name": "доказательный файл",
                "verbose_name_plural": "доказательные файлы",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "на проверке"),
                            ("published", "опубликован"),
                            ("superseded", "заменён"),
                            ("discarded", "отменён"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="номер выпуска")),
                ("snapshot", models.JSONField(verbose_name="содержание")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 содержания")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="что исправлено")),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="собран")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждён")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="опубликован")),
                ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="заменён")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft_pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.job",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="reports.annualreport",
                        verbose_name="отчёт",
                    ),
                ),
            ],
            options={
                "verbose_name": "выпуск отчёта",
                "verbose_name_plural": "выпуски отчёта",
                "ordering": ("-report__period__starts_on", "-prepared_at"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="one_release_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "prepared")), fields=("report",), name="one_prepared_release"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")), fields=("report",), name="one_published_release"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="release_approved_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "superseded"]), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("number__isnull", False),
                                ("pdf__isnull", False),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="published_release_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "superseded"), ("superseded_at__isnull", False)),
                            models.Q(models.Q(("state", "superseded"), _negated=True), ("superseded_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="superseded_release_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["prepared", "discarded"]), _negated=True),
                            models.Q(("number__isnull", True), ("published_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="unpublished_release_has_no_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            ("published_at__gte", models.F("prepared_at")),
                            _connector="OR",
                        ),
                        name="release_moments_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportChapter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="код")),
                ("order", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("text", models.TextField(blank=True, max_length=30000, verbose_name="текст")),
                ("drafted", models.TextField(blank=True, verbose_name="предложенный текст")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="редакция")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменена")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chapters", to="reports.annualreport"
                    ),
                ),
            ],
            options={
                "verbose_name": "глава отчёта",
                "verbose_name_plural": "главы отчёта",
                "ordering": ("report", "order"),
                "constraints": [models.UniqueConstraint(fields=("report", "code"), name="one_chapter")],
            },
        ),
    ]
