import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import apps.roadmaps.meetings.models.sheets
from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("roadmaps", "0001_initial"),
        ("roadmaps", "0002_indicators"),
        ("roadmaps", "0003_measures"),
        ("roadmaps", "0004_drafts_and_support"),
        ("roadmaps", "0005_links"),
        ("roadmaps", "0006_meetings"),
        ("roadmaps", "0007_cycle"),
        ("roadmaps", "0008_support_cases"),
        ("roadmaps", "0009_recommendation_addressees"),
        ("roadmaps", "0010_decisions"),
        ("roadmaps", "0011_plans"),
        ("roadmaps", "0012_measures_get_roadmaps"),
        ("roadmaps", "0013_measures_stand_in_roadmaps"),
        ("roadmaps", "0014_effects"),
        ("roadmaps", "0015_projects"),
        ("roadmaps", "0016_meeting_decisions"),
        ("roadmaps", "0017_meeting_library"),
        ("roadmaps", "0018_annex_versions"),
    ]

    dependencies = [
        ("analysis", "0001_tables"),
        ("core", "0001_tables"),
        ("indicators", "0001_tables"),
        ("library", "0001_tables"),
        ("organizations", "0001_tables"),
        ("procedures", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="название шаблона")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("order", "приказ"),
                            ("protocol", "протокол"),
                            ("instruction", "распоряжение"),
                            ("school", "решение организации"),
                        ],
                        default="order",
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="о чём")),
                ("preamble", models.TextField(blank=True, verbose_name="вводная часть")),
                ("items_text", models.TextField(verbose_name="пункты")),
                ("is_active", models.BooleanField(default=True, verbose_name="предлагать")),
            ],
            options={
                "verbose_name": "шаблон акта",
                "verbose_name_plural": "шаблоны актов",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, unique=True, verbose_name="программа")),
            ],
            options={
                "verbose_name": "программа проектных задач",
                "verbose_name_plural": "программы проектных задач",
                "ordering": ("title",),
            },
        ),
        migrations.CreateModel(
            name="SheetCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField()),
                ("column", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True, max_length=5000, verbose_name="ответ")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "ответ в ячейке",
                "verbose_name_plural": "ответы в ячейках",
                "ordering": ("fill", "row", "column"),
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1. Цели"),
                            (2, "2. Показатели"),
                            (3, "3. Методы сбора и обработки информации"),
                            (4, "4. Мониторинг показателей"),
                            (5, "5. Анализ результатов мониторинга"),
                            (6, "6. Адресные рекомендации по результатам анализа"),
                            (7, "7. Меры, мероприятия"),
                            (8, "8. Управленческие решения"),
                            (9, "9. Анализ эффективности принятых мер"),
                        ],
                        verbose_name="позиция",
                    ),
                ),
                ("text", models.CharField(max_length=400, verbose_name="критерий")),
                (
                    "source_state",
                    models.CharField(
                        choices=[
                            ("official", "официальный акт"),
                            ("municipal", "приказ муниципалитета"),
                            ("proposal", "предложение"),
                            ("unconfirmed", "не подтверждено"),
                        ],
                        default="unconfirmed",
                        max_length=12,
                        verbose_name="состояние источника",
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=600, verbose_name="откуда взят")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="порядок")),
                ("is_active", models.BooleanField(default=True, verbose_name="применяется")),
            ],
            options={
                "verbose_name": "критерий самооценки",
                "verbose_name_plural": "критерии самооценки",
                "ordering": ("position", "order", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1), ("position__lte", 9)), name="criterion_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_state__in", ("official", "municipal")), _negated=True),
                            models.Q(("act", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="confirmed_criterion_has_act",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("order", "приказ"),
                            ("protocol", "протокол"),
                            ("instruction", "распоряжение"),
                            ("school", "решение организации"),
                        ],
                        default="order",
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="номер")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="дата подписания")),
                ("title", models.CharField(max_length=500, verbose_name="о чём")),
                ("preamble", models.TextField(blank=True, verbose_name="вводная часть")),
                ("signer", models.CharField(blank=True, max_length=200, verbose_name="кто подписал")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="место издания")),
                ("control_text", models.CharField(blank=True, max_length=500, verbose_name="пункт о контроле")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "проект"),
                            ("on_approval", "на согласовании"),
                            ("in_force", "действует"),
                            ("cancelled", "отменено"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                ("basis", models.TextField(blank=True, verbose_name="на чём основано")),
                (
                    "reason_without_analysis",
                    models.CharField(blank=True, max_length=500, verbose_name="почему без анализа"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записано")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="введено в действие")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="отменено")),
                ("cancel_reason", models.CharField(blank=True, max_length=500, verbose_name="почему отменено")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "controller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="контролирует",
                    ),
                ),
                (
                    "directions",
                    models.ManyToManyField(
                        blank=True, related_name="decisions", to="indicators.direction", verbose_name="направления"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="roadmaps.decision",
                        verbose_name="во исполнение",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_decisions",
                        to="organizations.organization",
                        verbose_name="чьё решение",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "решение",
                "verbose_name_plural": "решения и приказы",
                "ordering": ("-signed_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ApprovalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="очередь")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "ожидает"),
                            ("agreed", "согласовано"),
                            ("returned", "возвращено с замечанием"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="замечание")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="когда")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто согласует",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="roadmaps.decision",
                        verbose_name="решение",
                    ),
                ),
            ],
            options={
                "verbose_name": "шаг согласования",
                "verbose_name_plural": "шаги согласования",
                "ordering": ("decision", "position"),
            },
        ),
        migrations.CreateModel(
            name="DecisionAnnex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="документ")),
                ("is_approved_by_act", models.BooleanField(default=True, verbose_name="утверждается этим решением")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="утверждено")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="опубликовано")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="annexes",
                        to="roadmaps.decision",
                        verbose_name="решение",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="library.documentversion",
                        verbose_name="документ библиотеки",
                    ),
                ),
            ],
            options={
                "verbose_name": "приложение к решению",
                "verbose_name_plural": "приложения к решениям",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="DecisionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="место")),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="номер пункта")),
                ("text", models.TextField(verbose_name="текст пункта")),
                ("is_heading", models.BooleanField(default=False, verbose_name="только объединяет пункты под собой")),
                (
                    "kind",
                    models.CharField(
                        choices=[("oblige", "обязать"), ("recommend", "рекомендовать"), ("note", "принять к сведению")],
                        default="oblige",
                        max_length=10,
                        verbose_name="вид",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="срок")),
                ("term_text", models.CharField(blank=True, max_length=200, verbose_name="пояснение к сроку")),
                ("executor", models.CharField(blank=True, max_length=300, verbose_name="исполнитель, как в тексте")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("school", "школа"),
                                ("kindergarten", "детский сад"),
                                ("additional", "организация дополнительного образования"),
                                ("authority", "орган управления образованием"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="все организации вида",
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        choices=[
                            ("report", "отчёт, при необходимости с файлом"),
                            ("acquaintance", "отметка об ознакомлении педагогов"),
                            ("publication", "публикация документа в открытом разделе"),
                        ],
                        default="report",
                        max_length=12,
                        verbose_name="чем подтверждается",
                    ),
                ),
                ("outside_title", models.CharField(blank=True, max_length=300, verbose_name="внешнее решение")),
                ("outside_item", models.CharField(blank=True, max_length=40, verbose_name="пункт внешнего решения")),
                (
                    "associations",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="procedures.association", verbose_name="объединения"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="roadmaps.decision",
                        verbose_name="решение",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organizations.group", verbose_name="группы и кластеры"
                    ),
                ),
                (
                    "organizations",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organizations.organization", verbose_name="организации"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="исполнитель",
                    ),
                ),
                (
                    "publishes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="publishing",
                        to="roadmaps.decisionannex",
                        verbose_name="что публикуется",
                    ),
                ),
            ],
            options={
                "verbose_name": "пункт решения",
                "verbose_name_plural": "пункты решений",
                "ordering": ("decision", "position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "направлено"),
                            ("received", "в работе"),
                            ("reported", "отчёт на проверке"),
                            ("returned", "отчёт на доработке"),
                            ("done", "исполнено"),
                            ("withdrawn", "снято с исполнения"),
                        ],
                        default="given",
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="срок")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="получено")),
                ("report_text", models.TextField(blank=True, verbose_name="отчёт")),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="отчёт направлен")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="исполнено")),
                ("review_text", models.TextField(blank=True, verbose_name="замечание")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="рассмотрено")),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="procedures.association",
                        verbose_name="объединение",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="лично",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="roadmaps.decisionitem",
                        verbose_name="пункт",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка исполнения",
                "verbose_name_plural": "строки исполнения",
                "ordering": ("item", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Expectation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64, verbose_name="предмет")),
                ("subject_id", models.CharField(max_length=64, verbose_name="номер предмета")),
                ("subject_title", models.CharField(max_length=300, verbose_name="что делается")),
                ("work_kind", models.CharField(blank=True, max_length=8, verbose_name="вид работы")),
                ("work_grade", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="класс")),
                ("work_measure", models.CharField(blank=True, max_length=10, verbose_name="что измеряется")),
                ("starts_on", models.DateField(verbose_name="начало")),
                (
                    "expected_change",
                    models.DecimalField(decimal_places=4, max_digits=12, verbose_name="ожидаемое изменение"),
                ),
                ("rationale", models.TextField(max_length=2000, verbose_name="почему ждём этого")),
                ("least", models.JSONField(blank=True, default=dict, verbose_name="наименьший заметный эффект")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записано")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждено")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снято")),
                ("withdraw_reason", models.CharField(blank=True, max_length=300, verbose_name="почему снято")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="утвердил",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "baseline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="период до",
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="период после",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="снял",
                    ),
                ),
                (
                    "work_subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.subject",
                        verbose_name="предмет работы",
                    ),
                ),
            ],
            options={
                "verbose_name": "ожидание эффекта",
                "verbose_name_plural": "ожидания эффекта",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Addressed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moved_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "expectation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addressed",
                        to="roadmaps.expectation",
                        verbose_name="ожидание",
                    ),
                ),
            ],
            options={
                "verbose_name": "адресованная организация",
                "verbose_name_plural": "адресованные организации",
                "ordering": ("organization__number", "organization__name_key"),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64, verbose_name="предмет")),
                ("subject_id", models.CharField(max_length=64, verbose_name="номер предмета")),
                ("basis", models.CharField(max_length=64, verbose_name="основание")),
                ("basis_id", models.CharField(max_length=64, verbose_name="номер основания")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="связано")),
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
                "verbose_name": "связь",
                "verbose_name_plural": "связи",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("indicators", "показатели"),
                            ("method", "методика с учётом специфики организаций"),
                            ("specifics", "мероприятия с учётом специфики организаций"),
                            ("attitude", "позитивное отношение к объективной оценке"),
                            ("monitoring", "мониторинг"),
                            ("analysis", "анализ результатов мониторинга"),
                            ("recommendations", "адресные рекомендации"),
                            ("decisions", "управленческие решения"),
                            ("heads", "повышение эффективности руководителей"),
                            ("support", "поддержка школ"),
                            ("other", "другие мероприятия"),
                        ],
                        default="other",
                        max_length=16,
                        verbose_name="часть плана",
                    ),
                ),
                ("line", models.CharField(blank=True, max_length=80, verbose_name="линия направления")),
                ("title", models.CharField(max_length=300, verbose_name="мероприятие")),
                ("details", models.TextField(blank=True, max_length=20000, verbose_name="что именно делается")),
                ("responsible", models.CharField(max_length=200, verbose_name="кто отвечает")),
                ("executors", models.CharField(blank=True, max_length=500, verbose_name="исполнители")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("due_on", models.DateField(verbose_name="срок")),
                ("moved_from", models.DateField(blank=True, null=True, verbose_name="первоначальный срок")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("school", "школа"),
                                ("kindergarten", "детский сад"),
                                ("additional", "организация дополнительного образования"),
                                ("authority", "орган управления образованием"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="виды организаций",
                    ),
                ),
                (
                    "features",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("small", "малокомплектная"),
                                ("large", "крупная: 1000 обучающихся и больше"),
                                ("boarding", "есть интернат"),
                                ("ovz_classes", "есть отдельные классы или группы для детей с ОВЗ"),
                                ("ovz_inclusion", "дети с ОВЗ учатся в общих классах и группах"),
                                ("second_shift", "занятия во вторую смену"),
                                ("profile", "профильное или углублённое обучение"),
                                ("distance", "дистанционное обучение"),
                                ("urban", "городская"),
                                ("rural", "сельская"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="особенности",
                    ),
                ),
                ("expected", models.CharField(blank=True, max_length=500, verbose_name="ожидаемый результат")),
                ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="готовность, %")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="выполнено")),
                ("result", models.TextField(blank=True, max_length=20000, verbose_name="результат")),
                ("covered", models.PositiveIntegerField(blank=True, null=True, verbose_name="охват, человек")),
                ("dropped_on", models.DateField(blank=True, null=True, verbose_name="снято")),
                ("drop_reason", models.CharField(blank=True, max_length=500, verbose_name="почему снято")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записано")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто отметил",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="indicators.indicator",
                        verbose_name="по какому показателю виден результат",
                    ),
                ),
                (
                    "organizations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="measures",
                        to="organizations.organization",
                        verbose_name="в каких организациях",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ответственный",
                    ),
                ),
            ],
            options={
                "verbose_name": "мероприятие дорожной карты",
                "verbose_name_plural": "мероприятия дорожных карт",
                "ordering": ("direction", "due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visible", "эффект есть"),
                            ("worse", "изменение в худшую сторону"),
                            ("unseen", "эффект не виден"),
                            ("few", "данных мало"),
                            ("broken", "сравнивать нельзя"),
                        ],
                        max_length=8,
                        verbose_name="итог",
                    ),
                ),
                ("estimate", models.DecimalField(decimal_places=6, max_digits=14, null=True, verbose_name="оценка")),
                ("low", models.DecimalField(decimal_places=6, max_digits=14, null=True, verbose_name="нижняя граница")),
                (
                    "high",
                    models.DecimalField(decimal_places=6, max_digits=14, null=True, verbose_name="верхняя граница"),
                ),
                ("result", models.JSONField(default=dict, verbose_name="расчёт")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="отпечаток данных")),
                ("method", models.PositiveSmallIntegerField(default=1, verbose_name="версия метода")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="начато")),
                ("measured_at", models.DateTimeField(blank=True, null=True, verbose_name="измерено")),
                (
                    "expectation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
                        to="roadmaps.expectation",
                        verbose_name="ожидание",
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
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "измерение эффекта",
                "verbose_name_plural": "измерения эффекта",
                "ordering": ("expectation", "-number"),
            },
        ),
        migrations.CreateModel(
            name="MeasureMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_due_on", models.DateField(verbose_name="прежний срок")),
                ("new_due_on", models.DateField(verbose_name="новый срок")),
                ("reason", models.CharField(max_length=500, verbose_name="причина")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто перенёс",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="roadmaps.measure",
                        verbose_name="мероприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "перенос срока",
                "verbose_name_plural": "переносы сроков",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="MeasureProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="что подтверждает")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="приложено")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="roadmaps.measure",
                        verbose_name="мероприятие",
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
            ],
            options={
                "verbose_name": "подтверждение мероприятия",
                "verbose_name_plural": "подтверждения мероприятий",
                "ordering": ("created_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="MeasureResource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("financial", "финансовая"), ("staff", "кадровая"), ("methodical", "методическая")],
                        max_length=10,
                        verbose_name="вид поддержки",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="сумма, ₽"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="что именно")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resources",
                        to="roadmaps.measure",
                        verbose_name="мероприятие",
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
            ],
            options={
                "verbose_name": "ресурс мероприятия",
                "verbose_name_plural": "ресурсы мероприятий",
                "ordering": ("kind", "organization__number", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("collegium", "коллегия"), ("meeting", "совещание"), ("seminar", "семинар")],
                        default="meeting",
                        max_length=9,
                        verbose_name="вид",
                    ),
                ),
                ("theme", models.CharField(max_length=500, verbose_name="тема")),
                ("audience", models.CharField(blank=True, max_length=300, verbose_name="для кого")),
                ("purpose", models.TextField(blank=True, max_length=5000, verbose_name="о чём и зачем")),
                ("place", models.CharField(max_length=300, verbose_name="место")),
                ("starts_at", models.DateTimeField(verbose_name="начало")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "готовится"),
                            ("announced", "приглашения разосланы"),
                            ("held", "состоялось"),
                            ("cancelled", "отменено"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=500, verbose_name="почему отменено")),
                ("announced_at", models.DateTimeField(blank=True, null=True, verbose_name="объявлено")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="отмечено как состоявшееся")),
                ("chairman_name", models.CharField(blank=True, max_length=150, verbose_name="председатель")),
                ("chairman_post", models.CharField(blank=True, max_length=200, verbose_name="должность председателя")),
                ("secretary_name", models.CharField(blank=True, max_length=150, verbose_name="секретарь")),
                ("secretary_post", models.CharField(blank=True, max_length=200, verbose_name="должность секретаря")),
                ("protocol_number", models.CharField(blank=True, max_length=40, verbose_name="номер протокола")),
                ("protocol_on", models.DateField(blank=True, null=True, verbose_name="дата протокола")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="решение доведено до участников"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесено")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто внёс",
                    ),
                ),
                (
                    "base_organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="на базе организации",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="roadmaps.decision",
                        verbose_name="решение",
                    ),
                ),
                (
                    "headline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="главный показатель качества",
                    ),
                ),
            ],
            options={
                "verbose_name": "совещание",
                "verbose_name_plural": "совещания",
                "ordering": ("-starts_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="добавлено")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.privatefile"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="roadmaps.meeting",
                        verbose_name="совещание",
                    ),
                ),
            ],
            options={
                "verbose_name": "материал совещания",
                "verbose_name_plural": "материалы совещания",
                "ordering": ("meeting", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Invitee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(blank=True, max_length=200, verbose_name="кто приглашён")),
                ("invited_as", models.CharField(blank=True, max_length=200, verbose_name="приглашена как")),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("unknown", "не отмечено"),
                            ("present", "участвовал"),
                            ("excused", "нет, причина известна"),
                            ("absent", "не участвовал"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="участие",
                    ),
                ),
                ("came", models.CharField(blank=True, max_length=200, verbose_name="кто участвовал")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="решение прочитано")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitees",
                        to="roadmaps.meeting",
                        verbose_name="совещание",
                    ),
                ),
            ],
            options={
                "verbose_name": "участник совещания",
                "verbose_name_plural": "участники совещаний",
                "ordering": ("meeting", "pk"),
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="порядок")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "вступительное слово"),
                            ("question", "вопрос"),
                            ("task", "практическое задание"),
                            ("closing", "подведение итогов"),
                        ],
                        default="question",
                        max_length=8,
                        verbose_name="вид",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="о чём")),
                ("speaker", models.CharField(blank=True, max_length=200, verbose_name="кто выступает")),
                ("post", models.CharField(blank=True, max_length=300, verbose_name="должность")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="минут")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="почему в повестке")),
                ("reason_key", models.CharField(blank=True, max_length=100)),
                ("heard", models.TextField(blank=True, max_length=10000, verbose_name="слушали, выступили")),
                ("resolved", models.TextField(blank=True, max_length=5000, verbose_name="решили")),
                (
                    "directions",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="indicators.direction", verbose_name="направления"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="roadmaps.meeting",
                        verbose_name="совещание",
                    ),
                ),
            ],
            options={
                "verbose_name": "вопрос повестки",
                "verbose_name_plural": "вопросы повестки",
                "ordering": ("meeting", "order", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "заявка на рассмотрении"),
                            ("accepted", "участник"),
                            ("declined", "заявка отклонена"),
                            ("left", "вышла из проекта"),
                        ],
                        default="applied",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("motive", models.TextField(max_length=20000, verbose_name="почему хотим участвовать")),
                ("contact", models.CharField(max_length=200, verbose_name="кто отвечает в организации")),
                ("applied_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="заявка подана")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="рассмотрена")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="почему")),
                (
                    "applied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто подал",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто рассмотрел",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_memberships",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "участник проекта",
                "verbose_name_plural": "участники проектов",
                "ordering": ("project", "organization__kind", "organization__number", "pk"),
            },
        ),
        migrations.CreateModel(
            name="LevelResults",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("preschool", "дошкольное образование"),
                            ("primary", "начальное общее образование"),
                            ("basic", "основное общее образование"),
                            ("secondary", "среднее общее образование"),
                            ("additional", "дополнительное образование"),
                        ],
                        max_length=12,
                        verbose_name="уровень",
                    ),
                ),
                ("text", models.TextField(max_length=20000, verbose_name="ключевые результаты")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменено")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="level_results",
                        to="roadmaps.member",
                        verbose_name="участник",
                    ),
                ),
            ],
            options={
                "verbose_name": "ключевые результаты уровня",
                "verbose_name_plural": "ключевые результаты уровней",
                "ordering": ("member", "level"),
            },
        ),
        migrations.CreateModel(
            name="PositionMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1. Цели"),
                            (2, "2. Показатели"),
                            (3, "3. Методы сбора и обработки информации"),
                            (4, "4. Мониторинг показателей"),
                            (5, "5. Анализ результатов мониторинга"),
                            (6, "6. Адресные рекомендации по результатам анализа"),
                            (7, "7. Меры, мероприятия"),
                            (8, "8. Управленческие решения"),
                            (9, "9. Анализ эффективности принятых мер"),
                        ],
                        verbose_name="позиция",
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "не представлено"), (1, "представлено частично"), (2, "представлено полностью")],
                        verbose_name="уровень",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="пояснение")),
                ("marked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="отмечено")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="position_marks",
                        to="indicators.direction",
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
            ],
            options={
                "verbose_name": "самооценка позиции",
                "verbose_name_plural": "самооценка позиций",
                "ordering": ("period", "direction", "position"),
            },
        ),
        migrations.CreateModel(
            name="PositionTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[("office", "муниципалитет"), ("school", "организации")],
                        default="office",
                        max_length=6,
                        verbose_name="чей цикл",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1. Цели"),
                            (2, "2. Показатели"),
                            (3, "3. Методы сбора и обработки информации"),
                            (4, "4. Мониторинг показателей"),
                            (5, "5. Анализ результатов мониторинга"),
                            (6, "6. Адресные рекомендации по результатам анализа"),
                            (7, "7. Меры, мероприятия"),
                            (8, "8. Управленческие решения"),
                            (9, "9. Анализ эффективности принятых мер"),
                        ],
                        verbose_name="позиция",
                    ),
                ),
                ("month", models.PositiveSmallIntegerField(verbose_name="месяц")),
                ("day", models.PositiveSmallIntegerField(verbose_name="день")),
                ("role", models.CharField(max_length=200, verbose_name="кто заполняет")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменён")),
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
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="position_terms",
                        to="indicators.direction",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="сотрудник",
                    ),
                ),
            ],
            options={
                "verbose_name": "срок позиции",
                "verbose_name_plural": "сроки позиций",
                "ordering": ("scope", "direction", "position"),
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("model", "модель управления качеством образования"),
                            ("procedure", "описание процедуры оценки"),
                            ("instrument", "диагностический инструмент"),
                            ("local_act", "локальный нормативный акт"),
                            ("material", "методический материал"),
                        ],
                        max_length=10,
                        verbose_name="вид",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="описание")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="приложен")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменён")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                        verbose_name="схема или файл",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="roadmaps.member",
                        verbose_name="участник",
                    ),
                ),
            ],
            options={
                "verbose_name": "продукт участника",
                "verbose_name_plural": "продукты участников",
                "ordering": ("member", "kind", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("good", "рекомендуется к распространению"),
                            ("fit", "соответствует задаче"),
                            ("mend", "требует доработки"),
                        ],
                        max_length=4,
                        verbose_name="заключение",
                    ),
                ),
                ("text", models.TextField(max_length=20000, verbose_name="экспертное мнение")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="эксперт",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="roadmaps.product",
                        verbose_name="продукт",
                    ),
                ),
            ],
            options={
                "verbose_name": "экспертное мнение",
                "verbose_name_plural": "экспертные мнения",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("platform", "инновационная площадка"),
                            ("project", "муниципальный проект"),
                            ("task", "проектная задача"),
                        ],
                        max_length=8,
                        verbose_name="вид",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="номер")),
                ("title", models.CharField(max_length=500, verbose_name="тема")),
                (
                    "programme_text",
                    models.TextField(blank=True, max_length=20000, verbose_name="программа площадки или проекта"),
                ),
                ("for_whom", models.CharField(blank=True, max_length=500, verbose_name="участники")),
                ("head", models.CharField(max_length=200, verbose_name="руководитель")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                ("applications_until", models.DateField(blank=True, null=True, verbose_name="заявки принимаются до")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "готовится"),
                            ("open", "идёт приём заявок"),
                            ("running", "реализуется"),
                            ("done", "завершён"),
                            ("stopped", "прекращён"),
                        ],
                        default="draft",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=500, verbose_name="почему прекращён")),
                ("relevance", models.TextField(blank=True, max_length=20000, verbose_name="актуальность")),
                ("problem", models.TextField(blank=True, max_length=20000, verbose_name="проблема")),
                ("idea", models.TextField(blank=True, max_length=20000, verbose_name="идея")),
                ("aim", models.TextField(blank=True, max_length=20000, verbose_name="цель")),
                ("objectives", models.TextField(blank=True, max_length=20000, verbose_name="задачи")),
                ("expected", models.TextField(blank=True, max_length=20000, verbose_name="ожидаемые результаты")),
                ("activities", models.TextField(blank=True, max_length=20000, verbose_name="мероприятия")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записан")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "curator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="куратор от управления",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="roadmaps.programme",
                        verbose_name="программа",
                    ),
                ),
            ],
            options={
                "verbose_name": "проект",
                "verbose_name_plural": "проекты",
                "ordering": ("kind", "programme__title", "number", "-starts_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Monitoring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=500, verbose_name="тема")),
                ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="по состоянию на")),
                ("results", models.TextField(blank=True, max_length=20000, verbose_name="результаты")),
                ("problems", models.TextField(blank=True, max_length=20000, verbose_name="проблемы")),
                ("solutions", models.TextField(blank=True, max_length=20000, verbose_name="пути решения")),
                ("is_ready", models.BooleanField(default=False, verbose_name="готова к показу")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записана")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="monitorings",
                        to="roadmaps.project",
                        verbose_name="проект",
                    ),
                ),
            ],
            options={
                "verbose_name": "сводка мониторинга проекта",
                "verbose_name_plural": "сводки мониторинга проектов",
                "ordering": ("-on", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="member",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="roadmaps.project",
                verbose_name="проект",
            ),
        ),
        migrations.CreateModel(
            name="ProjectIndicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="показатель")),
                ("target", models.CharField(max_length=200, verbose_name="чего ждём")),
                ("reached", models.CharField(blank=True, max_length=200, verbose_name="достигнуто")),
                ("reached_on", models.DateField(blank=True, null=True, verbose_name="на какой день")),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="показатель портала",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="roadmaps.project",
                        verbose_name="проект",
                    ),
                ),
            ],
            options={
                "verbose_name": "показатель проекта",
                "verbose_name_plural": "показатели проектов",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ProjectStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("title", models.CharField(max_length=300, verbose_name="этап")),
                ("expected", models.TextField(blank=True, max_length=20000, verbose_name="что должно быть сделано")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="завершён")),
                ("result", models.TextField(blank=True, max_length=20000, verbose_name="итог этапа")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="roadmaps.project",
                        verbose_name="проект",
                    ),
                ),
            ],
            options={
                "verbose_name": "этап проекта",
                "verbose_name_plural": "этапы проектов",
                "ordering": ("project", "number"),
            },
        ),
        migrations.CreateModel(
            name="QualityOfficer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="фамилия, имя, отчество")),
                ("post", models.CharField(max_length=200, verbose_name="должность")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="телефон")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="почта")),
                ("since", models.DateField(default=django.utils.timezone.localdate, verbose_name="с какого дня")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по какой день")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_officers",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="учётная запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "ответственный за оценку качества",
                "verbose_name_plural": "ответственные за оценку качества",
                "ordering": ("organization", "-since", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="о чём")),
                ("text", models.TextField(max_length=5000, verbose_name="что рекомендуется")),
                ("basis_text", models.TextField(blank=True, max_length=2000, verbose_name="основание")),
                ("basis", models.JSONField(default=list, verbose_name="цифры основания")),
                ("teachers", models.CharField(blank=True, max_length=200, verbose_name="для каких педагогов")),
                ("due_on", models.DateField(verbose_name="срок исполнения")),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="направлена")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organizations.group", verbose_name="группы и кластеры"
                    ),
                ),
                (
                    "indicators",
                    models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        to="indicators.indicator",
                        verbose_name="на каких показателях основана",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="период",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="analysis.signrule",
                        verbose_name="признак",
                    ),
                ),
            ],
            options={
                "verbose_name": "адресная рекомендация",
                "verbose_name_plural": "адресные рекомендации",
                "ordering": ("-issued_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="RecommendationAddressee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "own_text",
                    models.TextField(blank=True, max_length=5000, verbose_name="что рекомендуется этому адресату"),
                ),
                ("own_basis", models.TextField(blank=True, max_length=2000, verbose_name="основание у этого адресата")),
                ("figures", models.JSONField(blank=True, default=list, verbose_name="цифры этого адресата")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "направлена"),
                            ("received", "получена"),
                            ("reported", "отчёт на проверке"),
                            ("returned", "отчёт на доработке"),
                            ("done", "исполнена"),
                        ],
                        default="sent",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="получена")),
                ("report_text", models.TextField(blank=True, max_length=5000, verbose_name="отчёт об исполнении")),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="отчёт направлен")),
                ("review_text", models.TextField(blank=True, max_length=2000, verbose_name="замечание к отчёту")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="отчёт рассмотрен")),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="procedures.association",
                        verbose_name="методическое объединение",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="organizations.organization",
                        verbose_name="организация",
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
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addressees",
                        to="roadmaps.recommendation",
                        verbose_name="рекомендация",
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
            ],
            options={
                "verbose_name": "адресат рекомендации",
                "verbose_name_plural": "адресаты рекомендаций",
                "ordering": ("recommendation__due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RecommendationDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "ждёт проверки"), ("issued", "направлена"), ("dropped", "отклонена")],
                        default="waiting",
                        max_length=7,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("confirmed", "подтверждённый признак"),
                            ("marked", "признак по правилу, специалист его ещё не рассмотрел"),
                            ("indicator", "слабый показатель"),
                        ],
                        default="confirmed",
                        max_length=9,
                        verbose_name="на чём основан",
                    ),
                ),
                ("figures", models.JSONField(blank=True, default=list, verbose_name="цифры")),
                ("title", models.CharField(max_length=200, verbose_name="о чём")),
                ("text", models.TextField(max_length=5000, verbose_name="что рекомендуется")),
                ("basis_text", models.TextField(blank=True, max_length=2000, verbose_name="основание")),
                ("due_on", models.DateField(verbose_name="срок исполнения")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="подготовлен")),
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
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
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
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="roadmaps.recommendation",
                    ),
                ),
                (
                    "sign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="analysis.sign",
                        verbose_name="признак",
                    ),
                ),
            ],
            options={
                "verbose_name": "черновик рекомендации",
                "verbose_name_plural": "черновики рекомендаций",
                "ordering": ("organization__number", "organization__name_key", "sign__code"),
            },
        ),
        migrations.CreateModel(
            name="RecommendationTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low_exams", "низкие результаты ГИА"),
                            ("biased_results", "необъективные результаты ВПР"),
                            ("unstable", "нестабильные результаты, отрицательная динамика"),
                            ("failing_share", "доля «2» не ниже порога"),
                            ("contests", "низкое участие в интеллектуальных конкурсах"),
                            ("social", "неблагоприятные социальные условия"),
                            ("low_results", "школа с низкими результатами (ШНОР)"),
                        ],
                        max_length=40,
                        null=True,
                        unique=True,
                        verbose_name="признак",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="о чём")),
                ("text", models.TextField(max_length=5000, verbose_name="что рекомендуется")),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="дней на исполнение",
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменён")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="убран")),
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
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
            ],
            options={
                "verbose_name": "шаблон рекомендации",
                "verbose_name_plural": "шаблоны рекомендаций",
                "ordering": ("code", "title", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Roadmap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("direction", "план направления"),
                            ("support", "программа поддержки"),
                            ("platform", "план площадки"),
                            ("project", "план проекта"),
                            ("school", "программа улучшений школы"),
                        ],
                        max_length=10,
                        verbose_name="вид",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("aim", models.TextField(blank=True, max_length=4000, verbose_name="цель")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "проект"),
                            ("in_force", "действует"),
                            ("finished", "завершена"),
                            ("cancelled", "отменена"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=0, verbose_name="утверждённая версия")),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="почему завершена или отменена"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="составлена")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="roadmaps.roadmap",
                        verbose_name="составлена по",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "indicators",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="по каким показателям виден результат",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "дорожная карта",
                "verbose_name_plural": "дорожные карты",
                "ordering": ("-starts_on", "direction__order", "pk"),
            },
        ),
        migrations.AddField(
            model_name="project",
            name="roadmap",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="projects",
                to="roadmaps.roadmap",
                verbose_name="дорожная карта",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="measures",
                to="roadmaps.roadmap",
                verbose_name="дорожная карта",
            ),
        ),
        migrations.CreateModel(
            name="RoadmapVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("content", models.JSONField(verbose_name="содержание")),
                ("digest", models.CharField(max_length=64, verbose_name="контрольная сумма")),
                ("act_text", models.CharField(max_length=300, verbose_name="чем утверждена")),
                ("act_on", models.DateField(verbose_name="дата акта")),
                ("approved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="roadmaps.decision",
                        verbose_name="решение",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="roadmaps.roadmap",
                        verbose_name="дорожная карта",
                    ),
                ),
            ],
            options={
                "verbose_name": "версия дорожной карты",
                "verbose_name_plural": "версии дорожных карт",
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", models.CharField(max_length=500, verbose_name="тема цикла")),
                ("purpose", models.TextField(blank=True, max_length=5000, verbose_name="зачем")),
                ("result", models.CharField(blank=True, max_length=1000, verbose_name="что получится в конце")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесён")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто внёс",
                    ),
                ),
            ],
            options={
                "verbose_name": "цикл семинаров",
                "verbose_name_plural": "циклы семинаров",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product", models.CharField(max_length=500, verbose_name="продукт занятия")),
                ("product_done", models.CharField(blank=True, max_length=1000, verbose_name="что получилось")),
                ("task", models.TextField(blank=True, max_length=3000, verbose_name="задание до следующего занятия")),
                ("task_due_on", models.DateField(blank=True, null=True, verbose_name="срок задания")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="session",
                        to="roadmaps.meeting",
                        verbose_name="семинар",
                    ),
                ),
                (
                    "product_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="roadmaps.series",
                        verbose_name="цикл",
                    ),
                ),
            ],
            options={
                "verbose_name": "занятие цикла",
                "verbose_name_plural": "занятия циклов",
                "ordering": ("series", "meeting__starts_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=500, verbose_name="задание")),
                (
                    "rows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), size=None, verbose_name="строки"
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), size=None, verbose_name="столбцы"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=apps.roadmaps.meetings.models.sheets.new_token,
                        editable=False,
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="открыт с")),
                ("closes_at", models.DateTimeField(verbose_name="открыт до")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыт раньше")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheet",
                        to="roadmaps.meeting",
                        verbose_name="совещание",
                    ),
                ),
            ],
            options={
                "verbose_name": "лист задания",
                "verbose_name_plural": "листы задания",
            },
        ),
        migrations.CreateModel(
            name="AnswerGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField()),
                ("column", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300, verbose_name="что сказано")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="roadmaps.sheet"
                    ),
                ),
                ("cells", models.ManyToManyField(blank=True, related_name="groups", to="roadmaps.sheetcell")),
            ],
            options={
                "verbose_name": "группа ответов",
                "verbose_name_plural": "группы ответов",
                "ordering": ("sheet", "row", "column", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SheetFill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="начат")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменён")),
                ("left_out", models.CharField(blank=True, max_length=300, verbose_name="почему не учитывается")),
                (
                    "invitee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fills", to="roadmaps.invitee"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fills", to="roadmaps.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "заполненный лист",
                "verbose_name_plural": "заполненные листы",
                "ordering": ("sheet", "pk"),
            },
        ),
        migrations.AddField(
            model_name="sheetcell",
            name="fill",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="roadmaps.sheetfill"
            ),
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("title", models.CharField(max_length=200, verbose_name="этап")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                ("expected", models.CharField(blank=True, max_length=500, verbose_name="ожидаемый результат")),
                ("report_text", models.TextField(blank=True, max_length=20000, verbose_name="отчёт")),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="отчёт сдан")),
                (
                    "report_file",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="roadmaps.roadmap",
                        verbose_name="дорожная карта",
                    ),
                ),
            ],
            options={
                "verbose_name": "этап дорожной карты",
                "verbose_name_plural": "этапы дорожных карт",
                "ordering": ("roadmap", "number"),
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="stage",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="measures",
                to="roadmaps.stage",
                verbose_name="этап",
            ),
        ),
        migrations.CreateModel(
            name="StageReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=20000, verbose_name="что сделано")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="roadmaps.member",
                        verbose_name="участник",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="roadmaps.projectstage",
                        verbose_name="этап",
                    ),
                ),
            ],
            options={
                "verbose_name": "отчёт по этапу",
                "verbose_name_plural": "отчёты по этапам",
                "ordering": ("stage", "member"),
            },
        ),
        migrations.CreateModel(
            name="Subgroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("starts_at", models.DateTimeField(verbose_name="начало")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="место, если своё")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subgroups",
                        to="roadmaps.meeting",
                        verbose_name="совещание",
                    ),
                ),
            ],
            options={
                "verbose_name": "подгруппа",
                "verbose_name_plural": "подгруппы",
                "ordering": ("meeting", "number"),
            },
        ),
        migrations.AddField(
            model_name="invitee",
            name="subgroup",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitees",
                to="roadmaps.subgroup",
                verbose_name="подгруппа",
            ),
        ),
        migrations.CreateModel(
            name="SupportCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="основание")),
                ("teachers", models.CharField(blank=True, max_length=200, verbose_name="для каких педагогов")),
                ("title", models.CharField(max_length=200, verbose_name="что делается")),
                ("plan", models.TextField(max_length=2000, verbose_name="как")),
                ("responsible", models.CharField(max_length=200, verbose_name="кто отвечает")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("due_on", models.DateField(verbose_name="окончание")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="завершено")),
                ("result", models.TextField(blank=True, max_length=2000, verbose_name="что сделано")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записано")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "conclusion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="analysis.conclusion",
                        verbose_name="вывод",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "адресная помощь",
                "verbose_name_plural": "адресная помощь",
                "ordering": ("-starts_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SupportStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="что делается")),
                ("responsible", models.CharField(blank=True, max_length=200, verbose_name="кто делает")),
                ("due_on", models.DateField(verbose_name="срок")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="сделано")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="что получилось")),
                ("dropped_reason", models.CharField(blank=True, max_length=300, verbose_name="почему не делается")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="roadmaps.supportcase",
                        verbose_name="случай помощи",
                    ),
                ),
            ],
            options={
                "verbose_name": "действие помощи",
                "verbose_name_plural": "действия помощи",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", models.CharField(max_length=500, verbose_name="тема сообщения")),
                ("speaker", models.CharField(max_length=200, verbose_name="кто выступает")),
                ("post", models.CharField(blank=True, max_length=300, verbose_name="должность")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="talks",
                        to="roadmaps.agendaitem",
                        verbose_name="вопрос повестки",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talks",
                        to="roadmaps.meeting",
                        verbose_name="совещание",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="library.practice",
                        verbose_name="практика в банке",
                    ),
                ),
            ],
            options={
                "verbose_name": "сообщение об опыте",
                "verbose_name_plural": "сообщения об опыте",
                "ordering": ("meeting", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TermExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_due_on", models.DateField(blank=True, null=True, verbose_name="прежний срок")),
                ("new_due_on", models.DateField(verbose_name="новый срок")),
                ("reason", models.CharField(max_length=500, verbose_name="причина")),
                ("extended_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="roadmaps.assignment",
                        verbose_name="строка",
                    ),
                ),
                (
                    "extended_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="roadmaps.decisionitem",
                        verbose_name="пункт",
                    ),
                ),
            ],
            options={
                "verbose_name": "продление срока",
                "verbose_name_plural": "продления сроков",
                "ordering": ("extended_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=250, verbose_name="название")),
                ("is_full", models.BooleanField(default=True, verbose_name="полный цикл")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="заведён")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыт")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="почему закрыт")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "трек",
                "verbose_name_plural": "треки",
                "ordering": ("direction", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TrackObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64, verbose_name="предмет")),
                ("subject_id", models.CharField(max_length=64, verbose_name="номер предмета")),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objects_of", to="roadmaps.track"
                    ),
                ),
            ],
            options={
                "verbose_name": "объект трека",
                "verbose_name_plural": "объекты треков",
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=1000, verbose_name="за что голосовали")),
                ("in_favour", models.PositiveSmallIntegerField(verbose_name="за")),
                ("against", models.PositiveSmallIntegerField(default=0, verbose_name="против")),
                ("abstained", models.PositiveSmallIntegerField(default=0, verbose_name="воздержались")),
                ("is_adopted", models.BooleanField(verbose_name="принято")),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="votes",
                        to="roadmaps.agendaitem",
                        verbose_name="вопрос повестки",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="roadmaps.meeting",
                        verbose_name="совещание",
                    ),
                ),
            ],
            options={
                "verbose_name": "голосование",
                "verbose_name_plural": "голосования",
                "ordering": ("meeting", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ApprovedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=500, verbose_name="документ")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="library.documentversion",
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="roadmaps.vote",
                        verbose_name="голосование",
                    ),
                ),
            ],
            options={
                "verbose_name": "утверждённый документ",
                "verbose_name_plural": "утверждённые документы",
                "ordering": ("vote", "pk"),
            },
        ),
        migrations.CreateModel(
            name="AssignmentProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("file", "файл"), ("link", "ссылка"), ("acquaintance", "ознакомление педагогов")],
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="адрес")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="когда ознакомлены")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="сколько педагогов")),
                ("names", models.TextField(blank=True, verbose_name="список ознакомленных")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="добавлено")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="roadmaps.assignment",
                        verbose_name="строка",
                    ),
                ),
                (
                    "file",
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
                "verbose_name": "подтверждение исполнения",
                "verbose_name_plural": "подтверждения исполнения",
                "ordering": ("added_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("kind", "file")),
                            models.Q(("kind", "link"), models.Q(("url", ""), _negated=True)),
                            models.Q(
                                ("held_on__isnull", False),
                                ("kind", "acquaintance"),
                                models.Q(
                                    ("people__gt", 0),
                                    models.Q(("names", ""), _negated=True),
                                    ("file__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="proof_has_its_matter",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CyclePublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField(verbose_name="содержание")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 содержания")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="опубликовано")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снято")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="почему снято")),
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
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "открытая страница цикла",
                "verbose_name_plural": "открытые страницы цикла",
                "ordering": ("-published_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="cycle_publication_withdrawn_why",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["state", "signed_on"], name="decision_register"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                models.F("kind"),
                models.F("organization"),
                models.F("number"),
                django.db.models.functions.datetime.ExtractYear("signed_on"),
                condition=models.Q(("state__in", ["in_force", "cancelled"])),
                name="one_decision_number_a_year",
                nulls_distinct=False,
                violation_error_message="Такой номер в этом году уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["in_force", "cancelled"]), _negated=True),
                    models.Q(
                        ("signed_at__isnull", False),
                        ("signed_by__isnull", False),
                        ("signed_on__isnull", False),
                        models.Q(("number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decision_in_force_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("cancelled_on__isnull", False), models.Q(("cancel_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="decision_cancelled_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "school"), _negated=True), ("organization__isnull", False), _connector="OR"
                ),
                name="decision_of_school_has_organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="approval_returned_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "waiting"), ("decided_at__isnull", False), _connector="OR"),
                name="approval_decided_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionannex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="annex_published_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["organization", "state"], name="assignment_of_organization"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["state", "due_on"], name="assignment_by_term"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=("item", "organization", "association", "person"),
                name="one_line_an_executor",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("organization__isnull", False), ("association__isnull", False), _connector="XOR"),
                name="assignment_of_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_at__isnull", True), ("received_by__isnull", True)),
                    models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                    _connector="OR",
                ),
                name="assignment_received_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                    models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                    _connector="OR",
                ),
                name="assignment_reported_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="assignment_reviewed_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["reported", "returned", "done"]), _negated=True),
                    models.Q(("closed_on__isnull", False), ("reported_at__isnull", False)),
                    _connector="OR",
                ),
                name="assignment_reported_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "withdrawn"]), _negated=True),
                    models.Q(("review_text", ""), _negated=True),
                    _connector="OR",
                ),
                name="assignment_returned_why",
            ),
        ),
        migrations.AddIndex(
            model_name="expectation",
            index=models.Index(fields=["subject", "subject_id"], name="expectation_subject"),
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("indicator__isnull", False),
                        ("work_kind", ""),
                        ("work_measure", ""),
                        ("work_subject__isnull", True),
                    ),
                    models.Q(
                        ("indicator__isnull", True),
                        ("work_grade__isnull", False),
                        ("work_subject__isnull", False),
                        models.Q(("work_kind", ""), _negated=True),
                        models.Q(("work_measure", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="expectation_of_one_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expected_change", 0), _negated=True), name="expectation_changes_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.CheckConstraint(
                condition=models.Q(("baseline", models.F("follow_up")), _negated=True), name="expectation_two_periods"
            ),
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="expectation_approved_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdraw_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="expectation_withdrawn_why",
            ),
        ),
        migrations.AddIndex(
            model_name="addressed",
            index=models.Index(fields=["organization"], name="addressed_organization"),
        ),
        migrations.AddConstraint(
            model_name="addressed",
            constraint=models.UniqueConstraint(fields=("expectation", "organization"), name="one_addressed"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["basis", "basis_id"], name="link_basis"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("subject", "subject_id", "basis", "basis_id"), name="one_link"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject", models.F("basis")), _negated=True),
                    models.Q(("subject_id", models.F("basis_id")), _negated=True),
                    _connector="OR",
                ),
                name="link_is_not_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.UniqueConstraint(fields=("expectation", "number"), name="one_measurement_number"),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("measured_at__isnull", True)),
                fields=("expectation",),
                name="one_measurement_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("measured_at__isnull", True),
                    models.Q(models.Q(("verdict", ""), _negated=True), models.Q(("digest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="measurement_has_verdict",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("estimate__isnull", True), ("high__isnull", True), ("low__isnull", True)),
                    models.Q(("estimate__isnull", False), ("high__isnull", False), ("low__isnull", False)),
                    _connector="OR",
                ),
                name="measurement_with_interval",
            ),
        ),
        migrations.AddConstraint(
            model_name="measureresource",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="resource_amount",
                violation_error_message="Сумма не может быть меньше нуля.",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["starts_at"], name="meeting_by_start"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("cancel_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_cancelled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("protocol_number", ""), ("protocol_on__isnull", True)),
                    models.Q(models.Q(("protocol_number", ""), _negated=True), ("protocol_on__isnull", False)),
                    _connector="OR",
                ),
                name="meeting_protocol_number_with_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", True),
                    models.Q(("protocol_on__isnull", False), ("state", "held")),
                    _connector="OR",
                ),
                name="meeting_published_with_protocol",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)), name="agenda_minutes"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reason_key", ""), _negated=True),
                fields=("meeting", "reason_key"),
                name="one_proposal_on_agenda",
            ),
        ),
        migrations.AddConstraint(
            model_name="levelresults",
            constraint=models.UniqueConstraint(fields=("member", "level"), name="one_text_of_a_level"),
        ),
        migrations.AddConstraint(
            model_name="positionmark",
            constraint=models.UniqueConstraint(fields=("period", "direction", "position"), name="one_position_mark"),
        ),
        migrations.AddConstraint(
            model_name="positionmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 0), ("level__lte", 2), ("position__gte", 1), ("position__lte", 9)),
                name="position_mark_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="positionterm",
            constraint=models.UniqueConstraint(
                fields=("scope", "direction", "position"), name="one_position_term", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="positionterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day__gte", 1),
                    ("day__lte", 31),
                    ("month__gte", 1),
                    ("month__lte", 12),
                    ("position__gte", 1),
                    ("position__lte", 9),
                ),
                name="position_term_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("file__isnull", False), _connector="OR"),
                name="product_has_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoring",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_ready", False),
                    models.Q(
                        models.Q(("results", ""), _negated=True),
                        models.Q(("problems", ""), _negated=True),
                        models.Q(("solutions", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="monitoring_ready_in_three_parts",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(fields=("project", "organization"), name="one_membership_of_project"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "applied")),
                    models.Q(
                        models.Q(("state", "applied"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="application_decided_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["declined", "left"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="application_declined_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("reached", ""), ("reached_on__isnull", False), _connector="OR"),
                name="project_indicator_reached_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectstage",
            constraint=models.UniqueConstraint(fields=("project", "number"), name="one_project_stage"),
        ),
        migrations.AddConstraint(
            model_name="projectstage",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="project_stage_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectstage",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", True), models.Q(("result", ""), _negated=True), _connector="OR"),
                name="project_stage_done_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualityofficer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("organization",), name="one_current_officer"
            ),
        ),
        migrations.AddIndex(
            model_name="recommendationaddressee",
            index=models.Index(fields=["organization", "state"], name="addressee_of_organization"),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.UniqueConstraint(fields=("recommendation", "organization"), name="one_addressee"),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "association"), name="one_addressed_association"
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("association__isnull", True), ("organization__isnull", False)),
                    models.Q(("association__isnull", False), ("organization__isnull", True)),
                    _connector="OR",
                ),
                name="addressee_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_at__isnull", True), ("received_by__isnull", True)),
                    models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                    _connector="OR",
                ),
                name="addressee_received_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                    models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                    _connector="OR",
                ),
                name="addressee_reported_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="addressee_reviewed_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_at__isnull", True), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("received_at__isnull", False)),
                    _connector="OR",
                ),
                name="addressee_received_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["reported", "returned", "done"]), _negated=True),
                    models.Q(("reported_at__isnull", False), models.Q(("report_text", ""), _negated=True)),
                    _connector="OR",
                ),
                name="addressee_reported_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "done"]), _negated=True),
                    ("reviewed_at__isnull", False),
                    _connector="OR",
                ),
                name="addressee_reviewed_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaddressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("review_text", ""), _negated=True),
                    _connector="OR",
                ),
                name="addressee_returned_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationdraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "dropped"), _negated=True), fields=("sign",), name="one_draft_of_sign"
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationdraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("indicator__isnull", False), models.Q(("state", "dropped"), _negated=True)),
                fields=("organization", "indicator", "period"),
                name="one_draft_of_indicator",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("indicator__isnull", False), ("origin", "indicator"), ("sign__isnull", True)),
                    models.Q(
                        ("indicator__isnull", True), ("origin__in", ["confirmed", "marked"]), ("sign__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="draft_rests_on_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recommendation__isnull", False), ("state", "issued")),
                    models.Q(models.Q(("state", "issued"), _negated=True), ("recommendation__isnull", True)),
                    _connector="OR",
                ),
                name="issued_draft_is_a_recommendation",
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="roadmap_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "direction"), _negated=True), ("direction__isnull", False), _connector="OR"
                ),
                name="roadmap_of_direction_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "school"), _negated=True), ("organization__isnull", False), _connector="OR"
                ),
                name="roadmap_of_school_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("end_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="roadmap_cancelled_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                fields=("programme", "number"),
                name="one_task_of_a_number",
                violation_error_message="Задача с таким номером в программе уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "task"), _negated=True),
                    models.Q(("number__isnull", False), ("programme__isnull", False)),
                    _connector="OR",
                ),
                name="task_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="project_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "stopped"), _negated=True),
                    models.Q(("end_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="project_stopped_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmapversion",
            constraint=models.UniqueConstraint(fields=("roadmap", "number"), name="one_roadmap_version"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("task_due_on__isnull", True), models.Q(("task", ""), _negated=True), _connector="OR"
                ),
                name="session_term_with_task",
            ),
        ),
        migrations.AddConstraint(
            model_name="answergroup",
            constraint=models.UniqueConstraint(
                fields=("sheet", "row", "column", "title"), name="one_answer_group_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetfill",
            constraint=models.UniqueConstraint(fields=("sheet", "device"), name="one_fill_of_device"),
        ),
        migrations.AddConstraint(
            model_name="sheetcell",
            constraint=models.UniqueConstraint(fields=("fill", "row", "column"), name="one_cell_of_fill"),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.UniqueConstraint(fields=("roadmap", "number"), name="one_stage_number"),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="stage_days_in_order",
                violation_error_message="Окончание этапа раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                    models.Q(
                        ("reported_at__isnull", False),
                        ("reported_by__isnull", False),
                        models.Q(("report_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stage_reported_what_and_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(condition=models.Q(("done_on", None)), fields=["due_on"], name="measure_unfinished_due"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", True), models.Q(("result", ""), _negated=True), _connector="OR"),
                name="measure_done_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("starts_on"))),
                name="measure_days_in_order",
                violation_error_message="Срок раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("percent__lte", 100), models.Q(("done_on__isnull", True), ("percent", 100), _connector="OR")
                ),
                name="measure_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("drop_reason", ""), ("dropped_on__isnull", True)),
                    models.Q(
                        ("done_on__isnull", True),
                        ("dropped_on__isnull", False),
                        models.Q(("drop_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="measure_dropped_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagereport",
            constraint=models.UniqueConstraint(fields=("stage", "member"), name="one_report_of_a_stage"),
        ),
        migrations.AddConstraint(
            model_name="subgroup",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="one_subgroup_number"),
        ),
        migrations.AddIndex(
            model_name="invitee",
            index=models.Index(fields=["organization", "meeting"], name="invitee_of_organization"),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.UniqueConstraint(fields=("meeting", "organization"), name="one_invitee"),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                    models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                    _connector="OR",
                ),
                name="invitee_read_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("starts_on"))),
                name="support_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("conclusion__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="support_has_reason",
                violation_error_message="Нет основания: выберите вывод или напишите причину.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", True), models.Q(("result", ""), _negated=True), _connector="OR"),
                name="support_done_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", True), models.Q(("result", ""), _negated=True), _connector="OR"),
                name="step_done_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", True), ("dropped_reason", ""), _connector="OR"),
                name="step_is_done_or_dropped",
            ),
        ),
        migrations.AddConstraint(
            model_name="termextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="extension_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                    models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="track_ended_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackobject",
            constraint=models.UniqueConstraint(fields=("track", "subject", "subject_id"), name="one_track_object"),
        ),
    ]
