import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import apps.surveys.models.surveys
from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("surveys", "0001_initial"),
    ]

    dependencies = [
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DaySalt",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("salt", models.CharField(max_length=32)),
            ],
            options={
                "verbose_name": "соль дня",
                "verbose_name_plural": "соли дней",
            },
        ),
        migrations.CreateModel(
            name="NetworkCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("hour", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(max_length=12)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "счётчик сети",
                "verbose_name_plural": "счётчики сетей",
                "constraints": [models.UniqueConstraint(fields=("day", "hour", "digest"), name="one_network_count")],
            },
        ),
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="код")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="версия")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("introduction", models.TextField(blank=True, max_length=2000, verbose_name="обращение к отвечающему")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("parents", "родители"),
                            ("pupils", "обучающиеся"),
                            ("teachers", "педагоги"),
                            ("anyone", "все желающие"),
                        ],
                        default="parents",
                        max_length=8,
                        verbose_name="кто отвечает",
                    ),
                ),
                ("is_template", models.BooleanField(default=False, verbose_name="образец")),
                (
                    "source_state",
                    models.CharField(
                        choices=[
                            ("official", "официальный акт"),
                            ("municipal", "приказ муниципалитета"),
                            ("proposal", "предложение"),
                            ("unconfirmed", "не подтверждено"),
                        ],
                        default="proposal",
                        max_length=12,
                        verbose_name="состояние источника",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=600, verbose_name="источник")),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="используется с")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создана")),
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
                "verbose_name": "анкета",
                "verbose_name_plural": "анкеты",
                "ordering": ("-is_template", "title", "-version"),
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("title", models.CharField(max_length=200, verbose_name="название раздела")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="пояснение")),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="surveys.questionnaire"
                    ),
                ),
            ],
            options={
                "verbose_name": "раздел анкеты",
                "verbose_name_plural": "разделы анкет",
                "ordering": ("questionnaire", "position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("yes_no", "да / нет"),
                            ("single", "один вариант"),
                            ("multiple", "несколько вариантов"),
                            ("scale", "шкала"),
                            ("number", "число"),
                            ("text", "свободный ответ"),
                        ],
                        max_length=8,
                        verbose_name="вид ответа",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="вопрос")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="подсказка")),
                ("is_required", models.BooleanField(default=True, verbose_name="обязательный")),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="варианты",
                    ),
                ),
                ("minimum", models.IntegerField(blank=True, null=True, verbose_name="от")),
                ("maximum", models.IntegerField(blank=True, null=True, verbose_name="до")),
                (
                    "depends_options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("symbol", models.CharField(blank=True, max_length=40, verbose_name="обозначение")),
                (
                    "depends_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dependents",
                        to="surveys.question",
                        verbose_name="задаётся после вопроса",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="surveys.section"
                    ),
                ),
            ],
            options={
                "verbose_name": "вопрос анкеты",
                "verbose_name_plural": "вопросы анкет",
                "ordering": ("section__position", "section_id", "position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("purpose", models.TextField(blank=True, max_length=1000, verbose_name="зачем")),
                ("opens_on", models.DateField(verbose_name="открыт с")),
                ("closes_on", models.DateField(verbose_name="открыт по")),
                (
                    "token",
                    models.CharField(
                        default=apps.surveys.models.surveys.new_token, editable=False, max_length=16, unique=True
                    ),
                ),
                ("salt", models.CharField(default=apps.surveys.models.surveys.new_salt, editable=False, max_length=32)),
                ("shared_devices", models.BooleanField(default=False, verbose_name="отвечают с общих компьютеров")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыт")),
                ("closed_reason", models.CharField(blank=True, max_length=300, verbose_name="почему закрыт раньше")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="результаты опубликованы")),
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
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="surveys.questionnaire",
                        verbose_name="анкета",
                    ),
                ),
            ],
            options={
                "verbose_name": "опрос",
                "verbose_name_plural": "опросы",
                "ordering": ("-opens_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DeviceMark",
            fields=[
                ("digest", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="device_marks", to="surveys.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "метка устройства",
                "verbose_name_plural": "метки устройств",
            },
        ),
        migrations.CreateModel(
            name="SurveyPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(
                        default=apps.surveys.models.surveys.new_token, editable=False, max_length=16, unique=True
                    ),
                ),
                ("invited", models.PositiveIntegerField(blank=True, null=True, verbose_name="приглашено")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_places",
                        to="organizations.organization",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="surveys.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "организация опроса",
                "verbose_name_plural": "организации опросов",
                "ordering": ("organization__kind", "organization__number", "organization__name_key"),
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="день")),
                ("answers", models.JSONField(default=dict, verbose_name="ответы")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="surveys.surveyplace"
                    ),
                ),
            ],
            options={
                "verbose_name": "заполненная анкета",
                "verbose_name_plural": "заполненные анкеты",
            },
        ),
        migrations.CreateModel(
            name="FreeText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField(max_length=2500, verbose_name="текст")),
                ("masked", models.PositiveSmallIntegerField(default=0, verbose_name="замаскировано")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "не просмотрен"), ("kept", "просмотрен"), ("hidden", "скрыт")],
                        default="new",
                        max_length=6,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="surveys.question"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="surveys.surveyplace"
                    ),
                ),
            ],
            options={
                "verbose_name": "свободный ответ",
                "verbose_name_plural": "свободные ответы",
            },
        ),
        migrations.AddConstraint(
            model_name="questionnaire",
            constraint=models.UniqueConstraint(fields=("code", "version"), name="one_questionnaire_version"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minimum__isnull", True),
                    ("maximum__isnull", True),
                    ("maximum__gt", models.F("minimum")),
                    _connector="OR",
                ),
                name="question_bounds_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="survey_days_in_order",
                violation_error_message="Последний день раньше первого.",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="survey_published_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyplace",
            constraint=models.UniqueConstraint(fields=("survey", "organization"), name="one_place_of_survey"),
        ),
    ]
