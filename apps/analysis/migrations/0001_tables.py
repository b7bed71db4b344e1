from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("analysis", "0001_initial"),
        ("analysis", "0002_sign_lists"),
        ("analysis", "0003_objectivity"),
        ("analysis", "0004_conclusions"),
        ("analysis", "0005_clusters_and_context"),
    ]

    dependencies = [
        ("core", "0001_tables"),
        ("indicators", "0001_tables"),
        ("organizations", "0001_tables"),
        ("procedures", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clustering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[("rule", "по правилам"), ("hand", "вручную"), ("computed", "расчётом")],
                        max_length=8,
                        verbose_name="как составлена",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "школа"),
                            ("kindergarten", "детский сад"),
                            ("additional", "организация дополнительного образования"),
                            ("authority", "орган управления образованием"),
                        ],
                        max_length=12,
                        verbose_name="вид организаций",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="название")),
                ("parameters", models.JSONField(default=dict, verbose_name="параметры")),
                ("result", models.JSONField(default=dict, verbose_name="результат")),
                ("is_edited", models.BooleanField(default=False, verbose_name="исправлена вручную")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("counting", "считается"),
                            ("draft", "черновик"),
                            ("confirmed", "действует"),
                            ("replaced", "заменена"),
                            ("dropped", "отклонена"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="составлена")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждена")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="основание")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="заменена")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="подтвердил",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
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
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="по данным за",
                    ),
                ),
            ],
            options={
                "verbose_name": "кластеризация",
                "verbose_name_plural": "кластеризации",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Cluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("name", models.CharField(max_length=120, verbose_name="название")),
                ("reasons", models.JSONField(default=list, verbose_name="отличия")),
                (
                    "stability",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=4, null=True, verbose_name="устойчивость"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.group",
                        verbose_name="группа",
                    ),
                ),
                (
                    "clustering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clusters", to="analysis.clustering"
                    ),
                ),
            ],
            options={
                "verbose_name": "кластер",
                "verbose_name_plural": "кластеры",
                "ordering": ("clustering", "order"),
            },
        ),
        migrations.CreateModel(
            name="ClusterMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "silhouette",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True, verbose_name="силуэт"),
                ),
                ("is_moved", models.BooleanField(default=False, verbose_name="помещена вручную")),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="analysis.cluster",
                    ),
                ),
                (
                    "clustering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="analysis.clustering"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cluster_memberships",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "организация кластера",
                "verbose_name_plural": "организации кластеров",
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=3000, verbose_name="пояснение")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="написано")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectivity_explanations",
                        to="organizations.organization",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.period"),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procedures.procedure",
                    ),
                ),
            ],
            options={
                "verbose_name": "пояснение школы",
                "verbose_name_plural": "пояснения школ",
                "ordering": ("-written_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="MethodSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="метод")),
                ("version", models.PositiveSmallIntegerField(verbose_name="версия")),
                ("values", models.JSONField(default=dict, verbose_name="параметры")),
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
                        verbose_name="источник",
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=600, verbose_name="на чём основано")),
                ("reason", models.CharField(max_length=300, verbose_name="почему изменено")),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="действует с")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
            ],
            options={
                "verbose_name": "параметры метода",
                "verbose_name_plural": "параметры методов",
                "ordering": ("code", "-version"),
            },
        ),
        migrations.CreateModel(
            name="ObjectivityRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(unique=True, verbose_name="версия")),
                (
                    "participants",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Школы с меньшим числом участников не проверяются.",
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="наименьшее число участников школы",
                    ),
                ),
                (
                    "schools",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Сколько школ с достаточным числом участников нужно, чтобы было с кем сравнивать.",
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="наименьшее число школ в сравнении",
                    ),
                ),
                (
                    "reference",
                    models.PositiveIntegerField(
                        default=200,
                        validators=[
                            django.core.validators.MinValueValidator(50),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="наименьшее число участников в сравнении",
                    ),
                ),
                (
                    "items",
                    models.PositiveSmallIntegerField(
                        default=8,
                        help_text="Строки ответов более короткой работы не сравниваются: они совпадают и случайно.",
                        validators=[
                            django.core.validators.MinValueValidator(6),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="наименьшее число заданий",
                    ),
                ),
                (
                    "q",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0.05"),
                        help_text="Какая доля отмеченных сравнений может быть ложной; 0,05 — одно из двадцати.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.001")),
                            django.core.validators.MaxValueValidator(Decimal("0.2")),
                        ],
                        verbose_name="доля ложных отметок",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="почему изменено")),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="действует с")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "правило проверки объективности",
                "verbose_name_plural": "правила проверки объективности",
                "ordering": ("-version",),
            },
        ),
        migrations.CreateModel(
            name="ObjectivityRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="начат")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="окончен")),
                ("comparisons", models.PositiveIntegerField(default=0, verbose_name="сравнений")),
                ("marked", models.PositiveIntegerField(default=0, verbose_name="отмечено")),
                ("summary", models.JSONField(default=dict, verbose_name="сведения о работах")),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.job"
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
                    "procedure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objectivity_runs",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="analysis.objectivityrule"
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
                "verbose_name": "расчёт объективности",
                "verbose_name_plural": "расчёты объективности",
                "ordering": ("-started_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "test",
                    models.CharField(
                        choices=[
                            ("mean", "Завышенное среднее"),
                            ("mismatch", "Несоответствие отметкам"),
                            ("rise", "Резкий рост от 4 к 5 классу"),
                            ("fall", "Резкое падение от 4 к 5 классу"),
                            ("spike", "Скопление на границах отметок"),
                            ("hard", "Трудное лучше, простое хуже"),
                            ("journal", "Отметки выше журнала"),
                            ("rows", "Одинаковые строки ответов"),
                            ("exam", "ВПР выше ОГЭ"),
                        ],
                        max_length=8,
                        verbose_name="проверка",
                    ),
                ),
                ("statistic", models.DecimalField(decimal_places=4, max_digits=14, verbose_name="значение")),
                ("n", models.PositiveIntegerField(verbose_name="участников")),
                ("p", models.FloatField(null=True, verbose_name="вероятность у честной школы")),
                ("q", models.FloatField(null=True, verbose_name="с поправкой на число сравнений")),
                ("marked", models.BooleanField(default=False, verbose_name="отмечено")),
                ("words", models.CharField(max_length=400, verbose_name="словами")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectivity_evidence",
                        to="organizations.organization",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="procedures.procedure"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="analysis.objectivityrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "признак",
                "verbose_name_plural": "признаки",
                "ordering": ("organization__number", "organization__name_key", "procedure", "test"),
            },
        ),
        migrations.CreateModel(
            name="PreventiveCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.JSONField(default=list, verbose_name="на чём основан")),
                ("reason", models.TextField(max_length=2000, verbose_name="почему открыт")),
                ("plan", models.TextField(max_length=2000, verbose_name="что сделать")),
                ("due_on", models.DateField(verbose_name="срок")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "открыт"), ("closed", "завершён")],
                        default="open",
                        max_length=6,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("explained", "результаты объяснены школой"),
                            ("helped", "оказана помощь, порядок проверки изменён"),
                            ("not_repeated", "признаки не повторились"),
                            ("repeated", "признаки повторились, работа продолжится"),
                        ],
                        max_length=12,
                        verbose_name="итог",
                    ),
                ),
                ("result", models.TextField(blank=True, max_length=3000, verbose_name="результат")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="открыт")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="завершён")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preventive_cases",
                        to="organizations.organization",
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
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="analysis.objectivityrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "случай профилактики",
                "verbose_name_plural": "случаи профилактики",
                "ordering": ("state", "due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Sign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
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
                        verbose_name="признак",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("marked", "требует проверки"),
                            ("clear", "признака нет"),
                            ("unassessed", "не оценивается"),
                        ],
                        max_length=10,
                        verbose_name="что показал расчёт",
                    ),
                ),
                ("written", models.CharField(max_length=400, verbose_name="значение")),
                ("value", models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name="число")),
                ("n", models.PositiveIntegerField(null=True, verbose_name="человек")),
                ("cases", models.JSONField(default=list, verbose_name="из чего сложилось")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("waiting", "ждёт решения"), ("confirmed", "подтверждён"), ("rejected", "отклонён")],
                        max_length=9,
                        verbose_name="решение",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="основание решения")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решено")),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signs",
                        to="organizations.organization",
                        verbose_name="школа",
                    ),
                ),
            ],
            options={
                "verbose_name": "признак школы",
                "verbose_name_plural": "признаки школ",
                "ordering": ("sign_list", "organization__number", "organization__name_key", "code"),
            },
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conclusion", "вывод"),
                            ("factor", "фактор"),
                            ("risk", "риск"),
                            ("strength", "сильная сторона"),
                        ],
                        max_length=10,
                        verbose_name="вид",
                    ),
                ),
                ("text", models.TextField(max_length=3000, verbose_name="текст")),
                ("about", models.CharField(max_length=300, verbose_name="о чём")),
                ("figure", models.CharField(max_length=400, verbose_name="число")),
                ("counts", models.JSONField(default=dict, verbose_name="части числа")),
                ("in_report", models.BooleanField(default=False, verbose_name="в годовой отчёт")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записан")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снят")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="почему снят")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusions",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusions",
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
                        verbose_name="период",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conclusions",
                        to="procedures.procedure",
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
                    "sign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conclusions",
                        to="analysis.sign",
                    ),
                ),
            ],
            options={
                "verbose_name": "вывод",
                "verbose_name_plural": "выводы",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SignAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=3000, verbose_name="пояснение школы")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="дано")),
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
                    "sign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="analysis.sign",
                        verbose_name="признак",
                    ),
                ),
            ],
            options={
                "verbose_name": "пояснение школы",
                "verbose_name_plural": "пояснения школ",
                "ordering": ("created_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SignList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="версия")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "проект"), ("approved", "утверждён"), ("superseded", "заменён")],
                        default="draft",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="начат")),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="посчитан")),
                ("shown_at", models.DateTimeField(blank=True, null=True, verbose_name="показан школам")),
                ("order_number", models.CharField(blank=True, max_length=40, verbose_name="номер приказа")),
                ("order_on", models.DateField(blank=True, null=True, verbose_name="дата приказа")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждён")),
                ("document", models.JSONField(blank=True, null=True, verbose_name="утверждённое содержание")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 утверждённого")),
                ("pdf_digest", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 напечатанного")),
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
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="учебный год",
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "перечень школ с признаками",
                "verbose_name_plural": "перечни школ с признаками",
                "ordering": ("-period__starts_on", "-version"),
            },
        ),
        migrations.AddField(
            model_name="sign",
            name="sign_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signs",
                to="analysis.signlist",
                verbose_name="перечень",
            ),
        ),
        migrations.CreateModel(
            name="SignRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
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
                        verbose_name="признак",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="версия")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                (
                    "threshold",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="порог",
                    ),
                ),
                (
                    "minimum_participants",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="При меньшем числе участников доля не показывается: данных мало.",
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="наименьшее число участников",
                    ),
                ),
                ("parameters", models.JSONField(blank=True, default=dict, verbose_name="настройки")),
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
                        verbose_name="источник",
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=600, verbose_name="на чём основано")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="почему изменено")),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="действует с")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "правило признака",
                "verbose_name_plural": "правила признаков",
                "ordering": ("code", "-version"),
            },
        ),
        migrations.AddField(
            model_name="sign",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="analysis.signrule",
                verbose_name="правило",
            ),
        ),
        migrations.CreateModel(
            name="SocialIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(unique=True, verbose_name="версия")),
                (
                    "title",
                    models.CharField(
                        default="Индекс социального благополучия школы (ИСБШ)", max_length=150, verbose_name="название"
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
                        default="unconfirmed",
                        max_length=12,
                        verbose_name="источник",
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=600, verbose_name="на чём основан")),
                ("reason", models.CharField(max_length=300, verbose_name="почему такие веса")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="составлен")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="автор",
                    ),
                ),
            ],
            options={
                "verbose_name": "индекс контекста",
                "verbose_name_plural": "индексы контекста",
                "ordering": ("-version",),
            },
        ),
        migrations.CreateModel(
            name="IndexPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="вес",
                    ),
                ),
                ("harder", models.BooleanField(default=False, verbose_name="чем больше, тем труднее условия")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="порядок")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="показатель",
                    ),
                ),
                (
                    "index",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="analysis.socialindex"
                    ),
                ),
            ],
            options={
                "verbose_name": "часть индекса",
                "verbose_name_plural": "части индекса",
                "ordering": ("index", "order"),
            },
        ),
        migrations.AddConstraint(
            model_name="clustering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")), fields=("kind",), name="one_clustering_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="clustering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("confirmed", "replaced")), _negated=True),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="clustering_confirmed_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="cluster",
            constraint=models.UniqueConstraint(fields=("clustering", "order"), name="one_cluster_order"),
        ),
        migrations.AddConstraint(
            model_name="clustermember",
            constraint=models.UniqueConstraint(fields=("clustering", "organization"), name="one_cluster_membership"),
        ),
        migrations.AddConstraint(
            model_name="methodsettings",
            constraint=models.UniqueConstraint(fields=("code", "version"), name="one_method_version"),
        ),
        migrations.AddConstraint(
            model_name="objectivityrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("q__gt", 0), ("q__lte", Decimal("0.2"))), name="objectivity_q"
            ),
        ),
        migrations.AddConstraint(
            model_name="objectivityrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("participants__gte", 5)), name="objectivity_participants"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(condition=models.Q(("marked", True)), fields=["run"], name="marked_evidence"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("run", "organization", "procedure", "test"), name="one_evidence"
            ),
        ),
        migrations.AddConstraint(
            model_name="preventivecase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("outcome", ""), ("result", ""), ("state", "open")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("result", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="preventive_case_closed_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="preventivecase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("organization", "period"),
                name="one_open_preventive_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("procedure__isnull", True), ("indicator__isnull", True), _connector="OR"),
                name="conclusion_on_one_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="withdrawn_conclusion_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_report", False), ("organization__isnull", True), _connector="OR"),
                name="reported_conclusion_names_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="signlist",
            constraint=models.UniqueConstraint(fields=("period", "version"), name="one_sign_list_version"),
        ),
        migrations.AddConstraint(
            model_name="signlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("period",), name="one_sign_list_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="signlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "approved")), fields=("period",), name="one_sign_list_approved"
            ),
        ),
        migrations.AddConstraint(
            model_name="signlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("document__isnull", True), ("state", "draft")),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("approved_at__isnull", False),
                        ("document__isnull", False),
                        ("order_on__isnull", False),
                        models.Q(("order_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sign_list_approved_by_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="signrule",
            constraint=models.UniqueConstraint(fields=("code", "version"), name="one_sign_rule_version"),
        ),
        migrations.AddConstraint(
            model_name="signrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold__gte", 1), ("threshold__lte", 100)), name="sign_threshold_is_percent"
            ),
        ),
        migrations.AddConstraint(
            model_name="signrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_participants__gte", 5)), name="sign_minimum_participants"
            ),
        ),
        migrations.AddConstraint(
            model_name="sign",
            constraint=models.UniqueConstraint(fields=("sign_list", "organization", "code"), name="one_sign_of_school"),
        ),
        migrations.AddConstraint(
            model_name="sign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "marked"), models.Q(("decision", ""), _negated=True)),
                    models.Q(models.Q(("result", "marked"), _negated=True), ("decision", "")),
                    _connector="OR",
                ),
                name="marked_sign_is_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="sign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("decision__in", ["", "waiting"]),
                        ("reason", ""),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision__in", ["confirmed", "rejected"]),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sign_decision_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="indexpart",
            constraint=models.UniqueConstraint(fields=("index", "indicator"), name="one_index_part"),
        ),
        migrations.AddConstraint(
            model_name="indexpart",
            constraint=models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="index_weight_is_positive"),
        ),
    ]
