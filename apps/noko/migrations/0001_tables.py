import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("noko", "0001_initial"),
    ]

    dependencies = [
        ("core", "0001_tables"),
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OperatorReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operator", models.CharField(max_length=200, verbose_name="оператор")),
                (
                    "state",
                    models.CharField(
                        choices=[("preview", "на просмотре"), ("accepted", "принят"), ("undone", "загрузка отменена")],
                        default="preview",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("content", models.JSONField(default=dict, verbose_name="содержание")),
                ("findings", models.JSONField(default=list, verbose_name="замечания")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="загружен")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решено")),
                ("undone_reason", models.CharField(blank=True, max_length=300, verbose_name="почему отменён")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="год",
                    ),
                ),
            ],
            options={
                "verbose_name": "отчёт оператора",
                "verbose_name_plural": "отчёты оператора",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField(default=dict, verbose_name="показатели")),
                ("stated", models.JSONField(default=dict, verbose_name="итоги в файле")),
                ("bus_gov_url", models.URLField(blank=True, verbose_name="страница на bus.gov.ru")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noko_assessments",
                        to="organizations.organization",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.period"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="noko.operatorreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "независимая оценка организации",
                "verbose_name_plural": "независимые оценки организаций",
                "ordering": (
                    "-period__starts_on",
                    "organization__kind",
                    "organization__number",
                    "organization__name_key",
                ),
            },
        ),
        migrations.CreateModel(
            name="PlanEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесена")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noko_plan",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка плана независимой оценки",
                "verbose_name_plural": "план независимой оценки",
            },
        ),
        migrations.CreateModel(
            name="Shortcoming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(blank=True, max_length=20, verbose_name="показатель")),
                ("text", models.CharField(max_length=500, verbose_name="недостаток")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("operator", "назван оператором"),
                            ("checklist", "условие отсутствует по чек-листу оператора"),
                        ],
                        default="operator",
                        max_length=10,
                        verbose_name="откуда",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shortcomings", to="noko.assessment"
                    ),
                ),
            ],
            options={
                "verbose_name": "недостаток",
                "verbose_name_plural": "недостатки",
                "ordering": ("assessment", "indicator", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="мера")),
                ("responsible", models.CharField(max_length=150, verbose_name="ответственный (должность)")),
                ("due_on", models.DateField(verbose_name="срок")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "запланирована"),
                            ("reported", "отчёт на проверке"),
                            ("returned", "отчёт на доработке"),
                            ("done", "недостаток устранён"),
                        ],
                        default="planned",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("report_text", models.TextField(blank=True, max_length=2000, verbose_name="что сделано")),
                ("proof_url", models.URLField(blank=True, verbose_name="ссылка на подтверждение")),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="отчёт направлен")),
                ("review_text", models.TextField(blank=True, max_length=2000, verbose_name="замечание")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="рассмотрен")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесена")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shortcoming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="noko.shortcoming"
                    ),
                ),
            ],
            options={
                "verbose_name": "мера по устранению недостатка",
                "verbose_name_plural": "меры по устранению недостатков",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="operatorreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "preview")),
                    models.Q(models.Q(("state", "preview"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="noko_report_decided_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("organization", "period"), name="one_noko_assessment"),
        ),
        migrations.AddConstraint(
            model_name="planentry",
            constraint=models.UniqueConstraint(fields=("organization", "year"), name="one_noko_plan_entry"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "planned"),
                    models.Q(("reported_at__isnull", False), models.Q(("report_text", ""), _negated=True)),
                    _connector="OR",
                ),
                name="noko_measure_reported_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["done", "returned"]), _negated=True),
                    ("reviewed_at__isnull", False),
                    _connector="OR",
                ),
                name="noko_measure_reviewed_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("review_text", ""), _negated=True),
                    _connector="OR",
                ),
                name="noko_measure_returned_why",
            ),
        ),
    ]
