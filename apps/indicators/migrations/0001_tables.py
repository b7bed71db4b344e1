from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("indicators", "0001_initial"),
        ("indicators", "0002_packs_rules_recounts"),
        ("indicators", "0003_recount_time_only"),
        ("indicators", "0004_second_stage_and_marks"),
        ("indicators", "0005_proposals_and_comparisons"),
        ("indicators", "0006_targets_references_goals"),
        ("indicators", "0007_sources_requests_twins"),
        ("indicators", "0008_changed_organizations"),
        ("indicators", "0009_statistics_source"),
        ("indicators", "0010_index_of_wider_scopes"),
    ]

    dependencies = [
        ("core", "0001_tables"),
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DataSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="код")),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("owner", models.CharField(blank=True, max_length=200, verbose_name="кто ведёт")),
                ("form", models.CharField(blank=True, max_length=200, verbose_name="в каком виде")),
                ("periodicity", models.CharField(blank=True, max_length=200, verbose_name="как часто обновляется")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="примечание")),
                ("link", models.URLField(blank=True, verbose_name="ссылка")),
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
                        verbose_name="чем подтверждено описание",
                    ),
                ),
                ("is_own_form", models.BooleanField(default=False, verbose_name="это форма организации")),
                ("is_active", models.BooleanField(default=True, verbose_name="используется")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="порядок")),
            ],
            options={
                "verbose_name": "источник данных",
                "verbose_name_plural": "источники данных",
                "ordering": ("order", "name"),
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="код")),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("short_title", models.CharField(max_length=120, verbose_name="краткое название")),
                ("act", models.CharField(blank=True, max_length=600, verbose_name="акт")),
                ("note", models.TextField(blank=True, verbose_name="примечание")),
                (
                    "period_kind",
                    models.CharField(
                        choices=[
                            ("school_year", "учебный год"),
                            ("calendar_year", "календарный год"),
                            ("half_year", "полугодие"),
                            ("quarter", "квартал"),
                            ("date", "дата"),
                        ],
                        max_length=16,
                        verbose_name="вид периода",
                    ),
                ),
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
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("preschool", "дошкольное образование"),
                                ("primary", "начальное общее образование"),
                                ("basic", "основное общее образование"),
                                ("secondary", "среднее общее образование"),
                                ("additional", "дополнительное образование"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="программы",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="порядок")),
            ],
            options={
                "verbose_name": "набор показателей",
                "verbose_name_plural": "наборы показателей",
                "ordering": ("order", "code"),
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="код")),
                ("pack", models.SlugField(max_length=40, verbose_name="набор")),
                (
                    "severity",
                    models.CharField(
                        choices=[("error", "ошибка"), ("query", "нужно пояснение"), ("notice", "к сведению")],
                        max_length=8,
                        verbose_name="строгость",
                    ),
                ),
                ("condition", models.TextField(verbose_name="условие")),
                ("message", models.CharField(max_length=500, verbose_name="сообщение")),
                (
                    "indicators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None, verbose_name="показатели"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="порядок")),
                ("is_active", models.BooleanField(default=True, verbose_name="используется")),
            ],
            options={
                "verbose_name": "правило",
                "verbose_name_plural": "правила",
                "ordering": ("pack", "order"),
            },
        ),
        migrations.CreateModel(
            name="ChangedOrganization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.period",
                        verbose_name="период",
                    ),
                ),
            ],
            options={
                "verbose_name": "организация с новыми значениями",
                "verbose_name_plural": "организации с новыми значениями",
            },
        ),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("official", "официальный акт"), ("municipal", "приказ муниципалитета")],
                        max_length=12,
                        verbose_name="чем станет источник",
                    ),
                ),
                ("act", models.CharField(max_length=600, verbose_name="акт")),
                ("evidence", models.CharField(max_length=600, verbose_name="чем подтверждено")),
                ("compared_on", models.DateField(verbose_name="сверено")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создано")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="сверил",
                    ),
                ),
            ],
            options={
                "verbose_name": "сверка с официальным текстом",
                "verbose_name_plural": "сверки с официальным текстом",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DataExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("selection", models.JSONField(verbose_name="что выбрано")),
                ("title", models.CharField(max_length=1000, verbose_name="что в файле")),
                (
                    "kind",
                    models.CharField(
                        choices=[("xlsx", "Excel (xlsx)"), ("csv", "csv (UTF-8)")],
                        max_length=4,
                        verbose_name="вид файла",
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="строк")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="сделана")),
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
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.privatefile"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.job"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization"
                    ),
                ),
            ],
            options={
                "verbose_name": "выгрузка",
                "verbose_name_plural": "выгрузки",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Direction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="код")),
                ("name", models.CharField(max_length=250, verbose_name="название")),
                ("block", models.CharField(blank=True, max_length=250, verbose_name="блок")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="порядок")),
                ("purpose", models.TextField(blank=True, verbose_name="назначение")),
                ("is_active", models.BooleanField(default=True, verbose_name="включено")),
                (
                    "switch_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему включено или выключено"),
                ),
                (
                    "switched_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="когда включено или выключено"),
                ),
                (
                    "switched_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
            ],
            options={
                "verbose_name": "направление",
                "verbose_name_plural": "направления",
                "ordering": ("order", "code"),
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="код")),
                ("pack", models.SlugField(max_length=40, verbose_name="набор")),
                ("number", models.CharField(max_length=30, verbose_name="номер в наборе")),
                ("is_group", models.BooleanField(default=False, verbose_name="заголовок")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="порядок")),
                ("is_active", models.BooleanField(default=True, verbose_name="используется")),
                ("switched_off_on", models.DateField(blank=True, null=True, verbose_name="выключен")),
                (
                    "education_levels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("preschool", "дошкольное (ДО)"),
                                ("primary", "начальное общее (НОО)"),
                                ("basic", "основное общее (ООО)"),
                                ("secondary", "среднее общее (СОО)"),
                                ("additional", "дополнительное"),
                                ("special", "дети с ОВЗ"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="уровни образования",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="indicators.direction",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="indicators.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "показатель",
                "verbose_name_plural": "показатели",
                "ordering": ("pack", "order"),
            },
        ),
        migrations.CreateModel(
            name="IndicatorVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="версия")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует по")),
                ("name", models.CharField(max_length=600, verbose_name="название")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="единица")),
                (
                    "value_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("int", "целое число"),
                            ("decimal", "число"),
                            ("percent", "процент"),
                            ("bool", "да / нет"),
                            ("text", "текст"),
                        ],
                        max_length=8,
                        verbose_name="тип",
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="знаков после запятой")),
                (
                    "polarity",
                    models.CharField(
                        choices=[
                            ("higher", "больше — лучше"),
                            ("lower", "меньше — лучше"),
                            ("neutral", "без направления"),
                        ],
                        default="neutral",
                        max_length=8,
                        verbose_name="направленность",
                    ),
                ),
                (
                    "aggregation",
                    models.CharField(
                        choices=[
                            ("sum", "сумма"),
                            ("ratio", "сумма числителей / сумма знаменателей"),
                            ("weighted_mean", "взвешенное среднее"),
                            ("mean", "среднее по организациям"),
                            ("share_yes", "доля ответивших «да»"),
                            ("distribution", "распределение"),
                            ("formula", "формула над сводными числами"),
                            ("none", "не складывается"),
                        ],
                        default="none",
                        max_length=14,
                        verbose_name="сложение",
                    ),
                ),
                ("formula", models.TextField(blank=True, verbose_name="формула")),
                (
                    "scale",
                    models.DecimalField(
                        decimal_places=6, default=Decimal("1"), max_digits=20, verbose_name="множитель"
                    ),
                ),
                ("is_derived", models.BooleanField(default=False, verbose_name="вычисляется")),
                ("is_auxiliary", models.BooleanField(default=False, verbose_name="вспомогательный, в акте его нет")),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="наименьшее"
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="наибольшее"
                    ),
                ),
                (
                    "source_state",
                    models.CharField(
                        choices=[
                            ("official", "официальный акт"),
                            ("municipal", "приказ муниципалитета"),
                            ("proposal", "предложение"),
                            ("unconfirmed", "не подтверждено"),
                        ],
                        max_length=12,
                        verbose_name="состояние источника",
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=600, verbose_name="акт")),
                ("evidence", models.CharField(blank=True, max_length=600, verbose_name="чем подтверждено")),
                ("data_source", models.CharField(blank=True, max_length=300, verbose_name="откуда берутся данные")),
                ("note", models.TextField(blank=True, verbose_name="примечание")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("federal", "федеральный"),
                            ("regional", "региональный"),
                            ("municipal", "муниципальный"),
                            ("institutional", "уровень организации"),
                        ],
                        max_length=13,
                        verbose_name="уровень",
                    ),
                ),
                (
                    "object",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("results", "результаты"),
                            ("programmes", "программы"),
                            ("conditions", "условия"),
                            ("management", "управление"),
                        ],
                        max_length=10,
                        verbose_name="объект оценки",
                    ),
                ),
                (
                    "attention",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="порог внимания"
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=8, null=True, verbose_name="вес в балле"
                    ),
                ),
                ("review_due", models.DateField(blank=True, null=True, verbose_name="проверить до")),
                (
                    "made_by",
                    models.CharField(
                        choices=[("pack", "из файла набора"), ("site", "на портале")],
                        default="pack",
                        max_length=4,
                        verbose_name="как появилась",
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="проверено")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "версия показателя",
                "verbose_name_plural": "версии показателей",
                "ordering": ("indicator", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "ждёт второго человека"),
                            ("accepted", "принято"),
                            ("declined", "отклонено"),
                            ("withdrawn", "отозвано автором"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создано")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="решено")),
                ("decision_note", models.CharField(blank=True, max_length=500, verbose_name="примечание к решению")),
                ("name", models.CharField(blank=True, max_length=600, verbose_name="название по акту")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="единица по акту")),
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
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="indicators.comparison"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="решил",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="indicators.indicatorversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка сверки",
                "verbose_name_plural": "строки сверки",
                "ordering": ("version__indicator",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApprovedSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=300, verbose_name="чем утверждён")),
                ("approved_on", models.DateField(verbose_name="утверждён")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записано")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="approvals", to="indicators.direction"
                    ),
                ),
                (
                    "versions",
                    models.ManyToManyField(
                        related_name="+", to="indicators.indicatorversion", verbose_name="показатели"
                    ),
                ),
            ],
            options={
                "verbose_name": "утверждённый набор",
                "verbose_name_plural": "утверждённые наборы",
                "ordering": ("-approved_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Aggregate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("organization", "организация"),
                            ("group", "группа"),
                            ("kind", "вид организаций"),
                            ("locality", "местность"),
                            ("municipality", "муниципалитет"),
                        ],
                        max_length=12,
                        verbose_name="охват",
                    ),
                ),
                ("scope_key", models.CharField(blank=True, max_length=40, verbose_name="ключ охвата")),
                (
                    "numerator",
                    models.DecimalField(decimal_places=12, max_digits=32, null=True, verbose_name="числитель"),
                ),
                (
                    "denominator",
                    models.DecimalField(decimal_places=12, max_digits=32, null=True, verbose_name="знаменатель"),
                ),
                ("value", models.DecimalField(decimal_places=12, max_digits=32, null=True, verbose_name="значение")),
                ("absence_reason", models.CharField(blank=True, max_length=100, verbose_name="почему нет")),
                ("reported", models.PositiveIntegerField(default=0, verbose_name="сообщили")),
                ("expected", models.PositiveIntegerField(default=0, verbose_name="ожидались")),
                ("minimum", models.DecimalField(decimal_places=12, max_digits=32, null=True)),
                ("lower_quartile", models.DecimalField(decimal_places=12, max_digits=32, null=True)),
                ("median", models.DecimalField(decimal_places=12, max_digits=32, null=True)),
                ("upper_quartile", models.DecimalField(decimal_places=12, max_digits=32, null=True)),
                ("maximum", models.DecimalField(decimal_places=12, max_digits=32, null=True)),
                ("computed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="вычислено")),
                (
                    "period",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.period"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aggregates",
                        to="indicators.indicatorversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "агрегат",
                "verbose_name_plural": "агрегаты",
            },
        ),
        migrations.CreateModel(
            name="InformationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asker", models.CharField(max_length=250, verbose_name="кто запрашивает")),
                (
                    "asker_kind",
                    models.CharField(
                        choices=[
                            ("region", "орган управления региона"),
                            ("federal", "федеральный орган"),
                            ("municipal", "орган местного самоуправления"),
                            ("organization", "организация системы образования"),
                            ("public", "общественная организация, СМИ"),
                            ("other", "другая организация"),
                        ],
                        max_length=12,
                        verbose_name="вид запрашивающего",
                    ),
                ),
                ("subject", models.TextField(max_length=2000, verbose_name="что запрошено")),
                ("purpose", models.CharField(max_length=500, verbose_name="для чего нужно")),
                (
                    "need",
                    models.CharField(
                        choices=[("once", "разово"), ("regular", "регулярно"), ("future", "понадобится в будущем")],
                        default="once",
                        max_length=8,
                        verbose_name="как часто нужно",
                    ),
                ),
                ("received_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="получен")),
                ("due_on", models.DateField(verbose_name="ответить до")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "в работе"), ("answered", "отвечено"), ("declined", "отказано")],
                        default="open",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="ответ")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="отвечено")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесён")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "indicators",
                    models.ManyToManyField(
                        blank=True,
                        related_name="information_requests",
                        to="indicators.indicator",
                        verbose_name="показатели",
                    ),
                ),
            ],
            options={
                "verbose_name": "запрос информации",
                "verbose_name_plural": "запросы информации",
                "ordering": ("-received_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DataDispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("addressee", models.CharField(max_length=250, verbose_name="кому передано")),
                ("ground", models.CharField(max_length=400, verbose_name="основание")),
                ("sent_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="когда передано")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="примечание")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записано")),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=400, verbose_name="почему запись ошибочна"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="признана ошибочной")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="indicators.dataexport",
                        verbose_name="выгрузка",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="indicators.informationrequest",
                        verbose_name="запрос",
                    ),
                ),
            ],
            options={
                "verbose_name": "передача данных",
                "verbose_name_plural": "передачи данных",
                "ordering": ("-sent_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="LevelLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="пояснение")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создано")),
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
                    "lower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_above",
                        to="indicators.indicator",
                        verbose_name="ниже",
                    ),
                ),
                (
                    "upper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_below",
                        to="indicators.indicator",
                        verbose_name="выше",
                    ),
                ),
            ],
            options={
                "verbose_name": "связь уровней",
                "verbose_name_plural": "связи уровней",
                "ordering": ("upper__pack", "upper__order", "lower__pack", "lower__order"),
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "ждёт второго человека"),
                            ("accepted", "принято"),
                            ("declined", "отклонено"),
                            ("withdrawn", "отозвано автором"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создано")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="решено")),
                ("decision_note", models.CharField(blank=True, max_length=500, verbose_name="примечание к решению")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "новый показатель"),
                            ("version", "новая версия"),
                            ("archive", "вывести из работы"),
                        ],
                        max_length=8,
                        verbose_name="что предлагается",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="код")),
                ("place", models.JSONField(default=dict, verbose_name="место в дереве")),
                ("definition", models.JSONField(default=dict, verbose_name="поля версии")),
                ("reason", models.CharField(max_length=500, verbose_name="почему")),
                ("valid_from", models.DateField(verbose_name="действует с")),
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
                    "base",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicatorversion",
                        verbose_name="исходная",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="решил",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicatorversion",
                        verbose_name="версия",
                    ),
                ),
            ],
            options={
                "verbose_name": "предложение",
                "verbose_name_plural": "предложения",
                "ordering": ("-created_at", "-pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("computed_at", models.DateTimeField(verbose_name="вычислено")),
                ("ground", models.CharField(blank=True, max_length=64, verbose_name="основание")),
                (
                    "period",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.period",
                        verbose_name="период",
                    ),
                ),
            ],
            options={
                "verbose_name": "пересчёт",
                "verbose_name_plural": "пересчёты",
            },
        ),
        migrations.CreateModel(
            name="ReferenceSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.CharField(
                        choices=[("region", "регион"), ("federation", "Российская Федерация")],
                        max_length=10,
                        verbose_name="чьи данные",
                    ),
                ),
                ("territory", models.CharField(max_length=120, verbose_name="территория")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="единица")),
                ("source", models.CharField(max_length=400, verbose_name="источник")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="ссылка")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="дата источника")),
                ("is_confirmed", models.BooleanField(default=False, verbose_name="сверено с источником")),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="загружен")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ряд сравнения",
                "verbose_name_plural": "ряды сравнения",
                "ordering": ("indicator__pack", "indicator__order", "owner", "territory"),
            },
        ),
        migrations.CreateModel(
            name="ReferencePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.DecimalField(decimal_places=6, max_digits=20, verbose_name="значение")),
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
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="indicators.referenceseries",
                    ),
                ),
            ],
            options={
                "verbose_name": "точка ряда сравнения",
                "verbose_name_plural": "точки рядов сравнения",
                "ordering": ("period__starts_on",),
            },
        ),
        migrations.CreateModel(
            name="SourceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="раздел, строка, графа")),
                ("kept_reason", models.CharField(blank=True, max_length=500, verbose_name="почему собирается ещё раз")),
                ("kept_at", models.DateTimeField(blank=True, null=True, verbose_name="когда решено")),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="связано")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_links",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="indicators.datasource",
                        verbose_name="источник",
                    ),
                ),
            ],
            options={
                "verbose_name": "источник показателя",
                "verbose_name_plural": "источники показателей",
                "ordering": ("source__order", "indicator__pack", "indicator__order"),
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("organization", "организация"),
                            ("group", "группа"),
                            ("kind", "вид организаций"),
                            ("locality", "местность"),
                            ("municipality", "муниципалитет"),
                        ],
                        default="municipality",
                        max_length=12,
                        verbose_name="охват",
                    ),
                ),
                ("scope_key", models.CharField(blank=True, max_length=40, verbose_name="ключ охвата")),
                ("number", models.DecimalField(decimal_places=6, max_digits=20, verbose_name="цель")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("last_year", "значение прошлых лет"),
                            ("cluster", "уровень похожих организаций"),
                            ("requirement", "требование акта"),
                            ("decision", "решение управления"),
                        ],
                        max_length=12,
                        verbose_name="вид основания",
                    ),
                ),
                ("basis_text", models.CharField(max_length=500, verbose_name="основание")),
                ("explanation", models.CharField(blank=True, max_length=500, verbose_name="почему цель достижима")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записана")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="заменена")),
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
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="indicators.indicator",
                        verbose_name="показатель",
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
            ],
            options={
                "verbose_name": "целевое значение",
                "verbose_name_plural": "целевые значения",
                "ordering": ("period__starts_on", "-created_at"),
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("n", "числитель"), ("d", "знаменатель")], max_length=1, verbose_name="часть"
                    ),
                ),
                ("coefficient", models.DecimalField(decimal_places=6, max_digits=20, verbose_name="множитель")),
                (
                    "input",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_in_terms",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="indicators.indicatorversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "слагаемое формулы",
                "verbose_name_plural": "слагаемые формул",
            },
        ),
        migrations.CreateModel(
            name="Twin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "то же самое"), ("different", "не дубликат")],
                        max_length=9,
                        verbose_name="решение",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="пояснение")),
                ("judged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="второй показатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "пара показателей",
                "verbose_name_plural": "пары показателей",
            },
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("breakdown", models.CharField(blank=True, max_length=60, verbose_name="разрез")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("collection", "форма организации"),
                            ("procedures", "оценочная процедура"),
                            ("manual", "внесено специалистом"),
                            ("statistics", "федеральная статистика"),
                        ],
                        max_length=12,
                        verbose_name="источник",
                    ),
                ),
                ("number", models.DecimalField(decimal_places=6, max_digits=20, null=True, verbose_name="число")),
                ("absence_reason", models.CharField(blank=True, max_length=200, verbose_name="почему нет")),
                ("origin", models.CharField(blank=True, max_length=64, verbose_name="откуда")),
                ("origin_id", models.CharField(blank=True, max_length=64, verbose_name="номер")),
                ("origin_place", models.CharField(blank=True, max_length=120, verbose_name="место")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записано")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="organizations.organization",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.period"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="indicators.indicatorversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "значение",
                "verbose_name_plural": "значения",
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("regional", "региональная цель"),
                            ("municipal", "муниципальная цель"),
                            ("organization", "цель организации"),
                        ],
                        max_length=12,
                        verbose_name="уровень",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="цель")),
                ("rationale", models.TextField(max_length=2000, verbose_name="обоснование")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записана")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="снята")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="почему снята")),
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
                        related_name="goals",
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
                        related_name="goals",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="indicators.goal",
                        verbose_name="какой цели служит",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "цель",
                "verbose_name_plural": "цели",
                "ordering": ("direction", "level", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "organization"), ("organization__isnull", False)),
                            models.Q(
                                models.Q(("level", "organization"), _negated=True), ("organization__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="goal_of_organization",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "regional"), _negated=True), ("parent__isnull", True), _connector="OR"
                        ),
                        name="regional_goal_is_top",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), models.Q(("end_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="goal_ended_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="причины изменения")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записаны")),
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
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="период",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="causes",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "причины изменения",
                "verbose_name_plural": "причины изменений",
                "ordering": ("-period__starts_on", "indicator__pack", "indicator__order"),
                "constraints": [models.UniqueConstraint(fields=("indicator", "period"), name="one_cause")],
            },
        ),
        migrations.AddConstraint(
            model_name="indicatorversion",
            constraint=models.UniqueConstraint(fields=("indicator", "number"), name="one_version_number"),
        ),
        migrations.AddConstraint(
            model_name="indicatorversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)), fields=("indicator",), name="one_current_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_derived", False), models.Q(("formula", ""), _negated=True), _connector="OR"),
                name="derived_has_formula",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("made_by", "pack"),
                    models.Q(("author__isnull", False), ("checked_at__isnull", False), ("checker__isnull", False)),
                    _connector="OR",
                ),
                name="version_of_the_site_has_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("author", models.F("checker")), _negated=True), name="version_by_two_persons"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attention__isnull", True), models.Q(("polarity", "neutral"), _negated=True), _connector="OR"
                ),
                name="attention_has_a_worse_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="confirmation_by_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state__in", ["open", "withdrawn"])),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["accepted", "declined"]),
                    ),
                    _connector="OR",
                ),
                name="confirmation_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("version",), name="one_open_confirmation"
            ),
        ),
        migrations.AddIndex(
            model_name="aggregate",
            index=models.Index(
                condition=models.Q(("scope", "organization"), _negated=True),
                fields=["period"],
                name="aggregate_of_wider_scopes",
            ),
        ),
        migrations.AddConstraint(
            model_name="aggregate",
            constraint=models.UniqueConstraint(
                fields=("period", "version", "scope", "scope_key"), name="one_aggregate"
            ),
        ),
        migrations.AddConstraint(
            model_name="aggregate",
            constraint=models.CheckConstraint(
                condition=models.Q(("reported__lte", models.F("expected"))), name="reported_within_expected"
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="request_answered_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("received_on"))),
                name="request_days_in_order",
                violation_error_message="Срок ответа — не раньше дня, когда запрос получен.",
            ),
        ),
        migrations.AddConstraint(
            model_name="datadispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="dispatch_withdrawn_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="levellink",
            constraint=models.UniqueConstraint(fields=("upper", "lower"), name="one_level_link"),
        ),
        migrations.AddConstraint(
            model_name="levellink",
            constraint=models.CheckConstraint(
                condition=models.Q(("upper", models.F("lower")), _negated=True), name="level_link_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="proposal_by_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state__in", ["open", "withdrawn"])),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["accepted", "declined"]),
                    ),
                    _connector="OR",
                ),
                name="proposal_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("code",), name="one_open_proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "new"), models.Q(("base__isnull", False), ("indicator__isnull", False)), _connector="OR"
                ),
                name="proposal_has_indicator",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceseries",
            constraint=models.UniqueConstraint(fields=("indicator", "owner", "territory"), name="one_reference_series"),
        ),
        migrations.AddConstraint(
            model_name="referenceseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="reference_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="referencepoint",
            constraint=models.UniqueConstraint(fields=("series", "period"), name="one_reference_point"),
        ),
        migrations.AddConstraint(
            model_name="sourcelink",
            constraint=models.UniqueConstraint(fields=("indicator", "source"), name="one_source_link"),
        ),
        migrations.AddConstraint(
            model_name="sourcelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept_at__isnull", True), ("kept_reason", "")),
                    models.Q(models.Q(("kept_reason", ""), _negated=True), ("kept_at__isnull", False)),
                    _connector="OR",
                ),
                name="kept_reason_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("indicator", "period", "scope", "scope_key"),
                name="one_current_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis_text", ""), _negated=True), name="target_has_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(fields=("version", "part", "input"), name="one_term"),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="one_verdict_a_pair"),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "different"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="different_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="value",
            index=models.Index(fields=["organization", "period"], name="value_of_organization"),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                fields=("period", "version", "organization", "breakdown", "source"),
                include=("number",),
                name="one_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("absence_reason", ""), ("number__isnull", False)),
                    models.Q(("number__isnull", True), models.Q(("absence_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="value_or_reason",
            ),
        ),
    ]
