import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("collection", "0001_initial"),
        ("collection", "0002_any_programme"),
        ("collection", "0003_explanations_in_history"),
        ("collection", "0004_book_revision"),
        ("collection", "0005_extension"),
        ("collection", "0006_reminder"),
        ("collection", "0007_designer"),
        ("collection", "0008_self_examination"),
        ("collection", "0009_statistics"),
        ("collection", "0010_achievements"),
        ("collection", "0011_site_links"),
        ("collection", "0012_one_letter_a_day"),
    ]

    dependencies = [
        ("core", "0001_tables"),
        ("indicators", "0001_tables"),
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prefix", models.CharField(max_length=20, unique=True, verbose_name="приставка")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="последний номер")),
            ],
            options={
                "verbose_name": "счётчик квитанций",
                "verbose_name_plural": "счётчики квитанций",
            },
        ),
        migrations.CreateModel(
            name="AchievementReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="редакция")),
                (
                    "original_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 загруженной книги"),
                ),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization"
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
                    "stripped",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                        verbose_name="книга без имён",
                    ),
                ),
            ],
            options={
                "verbose_name": "достижения обучающихся",
                "verbose_name_plural": "достижения обучающихся",
                "ordering": ("-period__starts_on", "organization"),
            },
        ),
        migrations.CreateModel(
            name="AchievementCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="класс")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("olympiad", "олимпиада"),
                            ("contest", "конкурс"),
                            ("research", "исследование, проект"),
                            ("arts", "искусство"),
                            ("sport", "спорт"),
                        ],
                        max_length=10,
                        verbose_name="вид",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("municipal", "муниципальный"),
                            ("regional", "региональный"),
                            ("federal", "всероссийский"),
                            ("international", "международный"),
                        ],
                        max_length=13,
                        verbose_name="уровень",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="число")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="collection.achievementreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "число достижений",
                "verbose_name_plural": "числа достижений",
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("instructions", models.TextField(blank=True, verbose_name="указания")),
                ("contacts", models.CharField(blank=True, max_length=400, verbose_name="к кому обращаться")),
                ("experts", models.TextField(blank=True, verbose_name="эксперты и консультанты")),
                ("opens_on", models.DateField(verbose_name="открывается")),
                ("due_on", models.DateField(verbose_name="срок сдачи")),
                ("closes_on", models.DateField(verbose_name="приём прекращается")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "идёт"), ("closed", "завершена")],
                        default="open",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создана")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="завершена")),
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
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="core.period",
                        verbose_name="за какой период",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated",
                        to="collection.campaign",
                        verbose_name="повторяет",
                    ),
                ),
            ],
            options={
                "verbose_name": "сбор данных",
                "verbose_name_plural": "сборы данных",
                "ordering": ("-opens_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="CampaignMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("instruction", "инструкция"),
                            ("example", "пример заполнения"),
                            ("method", "методические материалы"),
                        ],
                        max_length=12,
                        verbose_name="что это",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="добавлен")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="collection.campaign",
                        verbose_name="кампания",
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
            ],
            options={
                "verbose_name": "материал кампании",
                "verbose_name_plural": "материалы кампаний",
                "ordering": ("kind", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Form",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="код")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="версия")),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("short_title", models.CharField(max_length=80, verbose_name="краткое название")),
                ("pack", models.SlugField(blank=True, max_length=40, verbose_name="набор показателей")),
                ("is_own", models.BooleanField(default=False, verbose_name="составлена на портале")),
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
                        default="calendar_year",
                        max_length=16,
                        verbose_name="за какой период",
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
                        verbose_name="для организаций с программами",
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
                        verbose_name="только для видов организаций",
                    ),
                ),
                ("legal_basis", models.CharField(max_length=600, verbose_name="основание")),
                ("basis_point", models.CharField(blank=True, max_length=200, verbose_name="пункт, часть, приложение")),
                ("basis_url", models.URLField(blank=True, max_length=500, verbose_name="ссылка на текст")),
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
                (
                    "prepared_by",
                    models.CharField(
                        choices=[
                            ("head", "руководитель организации"),
                            ("deputy", "заместитель руководителя"),
                            ("accountant", "бухгалтерия"),
                            ("personnel", "кадровая служба"),
                            ("methodist", "методист, старший воспитатель"),
                            ("psychologist", "психолого-педагогическая служба"),
                            ("facilities", "хозяйственная служба"),
                            ("teacher", "педагог"),
                        ],
                        default="deputy",
                        max_length=12,
                        verbose_name="кто готовит",
                    ),
                ),
                ("teacher_document", models.SlugField(blank=True, max_length=40, verbose_name="документ перечня")),
                ("instructions", models.TextField(blank=True, verbose_name="как заполнять")),
                ("is_confirmed", models.BooleanField(default=False, verbose_name="сверена с официальным текстом")),
                ("receipt_prefix", models.CharField(default="СО", max_length=8, verbose_name="приставка квитанции")),
                ("is_active", models.BooleanField(default=True, verbose_name="действует")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создана")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, default=django.utils.timezone.now, null=True, verbose_name="опубликована"
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
            ],
            options={
                "verbose_name": "форма",
                "verbose_name_plural": "формы",
                "ordering": ("code", "-version"),
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="forms",
            field=models.ManyToManyField(related_name="campaigns", to="collection.form", verbose_name="формы"),
        ),
        migrations.CreateModel(
            name="FormField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=300, verbose_name="раздел")),
                ("context", models.CharField(blank=True, max_length=600, verbose_name="к чему относится")),
                ("order", models.PositiveIntegerField(verbose_name="порядок")),
                ("is_required", models.BooleanField(default=True, verbose_name="обязательно")),
                ("help", models.CharField(blank=True, max_length=600, verbose_name="подсказка")),
                ("example", models.CharField(blank=True, max_length=120, verbose_name="пример")),
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
                        verbose_name="только для видов организаций",
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
                        verbose_name="для организаций с программами",
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
                        verbose_name="только при особенностях",
                    ),
                ),
                (
                    "minutes_own",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="минут на строку"
                    ),
                ),
                (
                    "reuse",
                    models.CharField(
                        choices=[
                            ("ask", "спросить"),
                            ("confirm", "показать собранное, организация подтверждает"),
                            ("take", "взять собранное, не спрашивать"),
                        ],
                        default="ask",
                        max_length=8,
                        verbose_name="если уже собрано",
                    ),
                ),
                (
                    "duplicate_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему спрашиваем ещё раз"),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="collection.form",
                        verbose_name="форма",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="form_fields",
                        to="indicators.indicatorversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка формы",
                "verbose_name_plural": "строки форм",
                "ordering": ("form", "order"),
            },
        ),
        migrations.CreateModel(
            name="FormRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("rule", models.TextField(verbose_name="правило")),
                (
                    "severity",
                    models.CharField(
                        choices=[("error", "ошибка"), ("query", "вопрос"), ("notice", "к сведению")],
                        max_length=8,
                        verbose_name="строгость",
                    ),
                ),
                ("message", models.CharField(max_length=500, verbose_name="что не так")),
                ("place", models.CharField(blank=True, max_length=40, verbose_name="у какой строки показать")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="collection.form",
                        verbose_name="форма",
                    ),
                ),
            ],
            options={
                "verbose_name": "правило формы",
                "verbose_name_plural": "правила форм",
                "ordering": ("form", "order"),
            },
        ),
        migrations.CreateModel(
            name="SameIndicators",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
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
                    "marked_by",
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
                        verbose_name="тот же показатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "одинаковые показатели",
                "verbose_name_plural": "одинаковые показатели",
            },
        ),
        migrations.CreateModel(
            name="SelfExamination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("draft", "черновик"),
                            ("discussed", "обсуждён"),
                            ("approved", "утверждён"),
                            ("published", "опубликован"),
                            ("sent", "направлен учредителю"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="направить до")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="направлен")),
                ("document", models.JSONField(blank=True, null=True, verbose_name="утверждённое содержание")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 утверждённого")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="начат")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_examinations",
                        to="organizations.organization",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.period",
                        verbose_name="за какой год",
                    ),
                ),
            ],
            options={
                "verbose_name": "отчёт о самообследовании",
                "verbose_name_plural": "отчёты о самообследовании",
                "ordering": ("-period__starts_on", "organization"),
            },
        ),
        migrations.CreateModel(
            name="SelfExamAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="приложен")),
                (
                    "added_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.privatefile"
                    ),
                ),
                (
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="collection.selfexamination",
                    ),
                ),
            ],
            options={
                "verbose_name": "приложение к отчёту о самообследовании",
                "verbose_name_plural": "приложения к отчётам о самообследовании",
                "ordering": ("added_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SelfExamPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField(verbose_name="содержание")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 содержания")),
                ("is_draft", models.BooleanField(verbose_name="черновик")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="запрошен")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "docx",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.privatefile"
                    ),
                ),
                (
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prints",
                        to="collection.selfexamination",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.job"
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.privatefile"
                    ),
                ),
            ],
            options={
                "verbose_name": "печатная копия отчёта",
                "verbose_name_plural": "печатные копии отчётов",
                "ordering": ("-asked_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SelfExamSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, verbose_name="раздел")),
                ("text", models.TextField(blank=True, max_length=30000, verbose_name="текст")),
                ("is_copied", models.BooleanField(default=False, verbose_name="текст прошлого года")),
                ("is_cleared", models.BooleanField(default=False, verbose_name="персональных данных нет")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="редакция")),
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
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="collection.selfexamination",
                    ),
                ),
            ],
            options={
                "verbose_name": "раздел отчёта о самообследовании",
                "verbose_name_plural": "разделы отчётов о самообследовании",
            },
        ),
        migrations.CreateModel(
            name="SelfExamStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("draft", "черновик"),
                            ("discussed", "обсуждён"),
                            ("approved", "утверждён"),
                            ("published", "опубликован"),
                            ("sent", "направлен учредителю"),
                        ],
                        max_length=10,
                        verbose_name="шаг",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="дата")),
                ("body", models.CharField(blank=True, max_length=150, verbose_name="орган")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="номер документа")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="ссылка")),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="отмечен")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="отменён")),
                ("undo_reason", models.CharField(blank=True, max_length=500, verbose_name="почему отменён")),
                (
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="collection.selfexamination",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "шаг отчёта о самообследовании",
                "verbose_name_plural": "шаги отчётов о самообследовании",
                "ordering": ("taken_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SiteLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="документ")),
                ("url", models.URLField(max_length=500, verbose_name="ссылка")),
                (
                    "state",
                    models.CharField(
                        choices=[("unchecked", "не проверена"), ("there", "открывается"), ("broken", "не открывается")],
                        default="unchecked",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=200, verbose_name="что не так")),
                ("checked_at", models.DateTimeField(null=True, verbose_name="проверена")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="указана")),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization"
                    ),
                ),
            ],
            options={
                "verbose_name": "ссылка на документ сайта",
                "verbose_name_plural": "ссылки на документы сайтов",
            },
        ),
        migrations.CreateModel(
            name="StatisticsFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(blank=True, max_length=12, verbose_name="форма")),
                ("as_of", models.DateField(null=True, verbose_name="на дату")),
                ("name", models.CharField(max_length=200, verbose_name="имя файла")),
                ("numbers", models.JSONField(default=list, verbose_name="числа")),
                ("stated", models.JSONField(default=dict, verbose_name="что сказано об организации")),
                ("findings", models.JSONField(default=list, verbose_name="замечания")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "в очереди"),
                            ("applied", "прочитан"),
                            ("unknown", "нужна организация"),
                            ("refused", "не принят"),
                            ("replaced", "заменён новым"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("batch", models.UUIDField(default=uuid.uuid4, verbose_name="загрузка")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="загружен")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.privatefile"
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "форма федеральной статистики",
                "verbose_name_plural": "формы федеральной статистики",
                "ordering": ("-uploaded_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "не начато"),
                            ("draft", "заполняется"),
                            ("submitted", "на проверке"),
                            ("returned", "на доработке"),
                            ("accepted", "принято"),
                        ],
                        default="not_started",
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="редакция")),
                (
                    "number",
                    models.CharField(blank=True, max_length=24, null=True, unique=True, verbose_name="номер квитанции"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлена")),
                ("submitted_late", models.BooleanField(default=False, verbose_name="отправлена после срока")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="возвращена")),
                ("return_comment", models.TextField(blank=True, verbose_name="что исправить")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="принята")),
                ("extended_to", models.DateField(blank=True, null=True, verbose_name="срок продлён до")),
                ("extension_reason", models.CharField(blank=True, max_length=500, verbose_name="почему продлён")),
                ("extended_at", models.DateTimeField(blank=True, null=True, verbose_name="когда продлён")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="collection.campaign",
                        verbose_name="сбор данных",
                    ),
                ),
                (
                    "extended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="collection.form",
                        verbose_name="форма",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
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
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "форма организации",
                "verbose_name_plural": "формы организаций",
                "ordering": ("campaign", "organization", "form"),
            },
        ),
        migrations.CreateModel(
            name="AnswerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(verbose_name="редакция")),
                ("old_number", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("old_text", models.TextField(blank=True)),
                ("old_absence_reason", models.CharField(blank=True, max_length=200)),
                ("old_explanation", models.CharField(blank=True, max_length=500)),
                ("new_number", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("new_text", models.TextField(blank=True)),
                ("new_absence_reason", models.CharField(blank=True, max_length=200)),
                ("new_explanation", models.CharField(blank=True, max_length=500)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("web", "страница портала"),
                            ("workbook", "книга Excel"),
                            ("source", "другой источник портала"),
                        ],
                        max_length=8,
                        verbose_name="откуда",
                    ),
                ),
                ("cell", models.CharField(blank=True, max_length=60, verbose_name="ячейка")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
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
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="collection.formfield"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="collection.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "изменение ответа",
                "verbose_name_plural": "изменения ответов",
                "ordering": ("-changed_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="число"),
                ),
                ("text", models.TextField(blank=True, verbose_name="текст")),
                ("absence_reason", models.CharField(blank=True, max_length=200, verbose_name="почему нет данных")),
                ("explanation", models.CharField(blank=True, max_length=500, verbose_name="пояснение")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("web", "страница портала"),
                            ("workbook", "книга Excel"),
                            ("source", "другой источник портала"),
                        ],
                        max_length=8,
                        verbose_name="откуда",
                    ),
                ),
                ("cell", models.CharField(blank=True, max_length=60, verbose_name="ячейка")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
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
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="collection.formfield"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="collection.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "ответ",
                "verbose_name_plural": "ответы",
            },
        ),
        migrations.CreateModel(
            name="SubmissionUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("book_revision", models.PositiveIntegerField(default=0, verbose_name="редакция при скачивании книги")),
                ("base_revision", models.PositiveIntegerField(verbose_name="редакция при проверке")),
                ("digest", models.CharField(max_length=64, verbose_name="отпечаток показанного")),
                ("values", models.JSONField(default=dict, verbose_name="прочитанное")),
                ("findings", models.JSONField(default=list, verbose_name="замечания")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("previewed", "проверена, ждёт подтверждения"),
                            ("confirmed", "подтверждена"),
                            ("refused", "с ошибками"),
                            ("outdated", "устарела"),
                        ],
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="загружена")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="подтверждена")),
                (
                    "confirmed_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.privatefile"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="collection.submission"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "загруженная книга",
                "verbose_name_plural": "загруженные книги",
                "ordering": ("-uploaded_at", "-pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="achievementreport",
            constraint=models.UniqueConstraint(fields=("organization", "period"), name="one_achievement_report"),
        ),
        migrations.AddConstraint(
            model_name="achievementcount",
            constraint=models.UniqueConstraint(
                fields=("report", "grade", "kind", "level"), name="one_achievement_count"
            ),
        ),
        migrations.AddConstraint(
            model_name="achievementcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__gte", 1), ("grade__lte", 11), ("number__gte", 1), ("number__lte", 9999)),
                name="achievement_count_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(fields=("code", "version"), name="one_form_version"),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)), fields=("code",), name="one_active_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(("legal_basis", ""), _negated=True), name="form_has_legal_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", True)), fields=("code",), name="one_form_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_active", False), ("published_at__isnull", False), _connector="OR"),
                name="active_form_is_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("prepared_by", "teacher"), _negated=True),
                    models.Q(("teacher_document", ""), _negated=True),
                    _connector="OR",
                ),
                name="teacher_form_is_listed",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__lte", models.F("closes_on")), ("opens_on__lte", models.F("due_on"))),
                name="campaign_days_in_order",
                violation_error_message="Срок сдачи — не раньше открытия, прекращение приёма — не раньше срока сдачи.",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state", "open")),
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    _connector="OR",
                ),
                name="campaign_closed_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="formfield",
            constraint=models.UniqueConstraint(fields=("form", "version"), name="one_field_per_indicator"),
        ),
        migrations.AddConstraint(
            model_name="formfield",
            constraint=models.UniqueConstraint(fields=("form", "order"), name="one_field_per_place"),
        ),
        migrations.AddConstraint(
            model_name="formrule",
            constraint=models.UniqueConstraint(fields=("form", "order"), name="one_rule_per_place"),
        ),
        migrations.AddConstraint(
            model_name="sameindicators",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="one_sameness"),
        ),
        migrations.AddConstraint(
            model_name="sameindicators",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="sameness_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="selfexamination",
            constraint=models.UniqueConstraint(fields=("organization", "period"), name="one_self_examination"),
        ),
        migrations.AddConstraint(
            model_name="selfexamination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest", ""), ("document__isnull", True), ("step__in", ("draft", "discussed"))),
                    models.Q(
                        ("document__isnull", False),
                        ("step__in", ("approved", "published", "sent")),
                        models.Q(("digest", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="approved_examination_is_frozen",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfexamination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_on__isnull", False), ("step", "sent")),
                    models.Q(models.Q(("step", "sent"), _negated=True), ("sent_on__isnull", True)),
                    _connector="OR",
                ),
                name="sent_examination_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfexamprint",
            constraint=models.UniqueConstraint(fields=("examination", "digest"), name="one_print_of_content"),
        ),
        migrations.AddConstraint(
            model_name="selfexamsection",
            constraint=models.UniqueConstraint(fields=("examination", "code"), name="one_examination_section"),
        ),
        migrations.AddConstraint(
            model_name="selfexamstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("examination", "step"),
                name="one_standing_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfexamstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undo_reason", ""), ("undone_at__isnull", True)),
                    models.Q(("undone_at__isnull", False), models.Q(("undo_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="undone_step_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitelink",
            constraint=models.UniqueConstraint(fields=("organization", "code"), name="one_site_link"),
        ),
        migrations.AddConstraint(
            model_name="sitelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "unchecked"), ("checked_at__isnull", False), _connector="OR"),
                name="checked_link_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="statisticsfile",
            index=models.Index(fields=["batch"], name="statistics_batch"),
        ),
        migrations.AddConstraint(
            model_name="statisticsfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("applied", "replaced")), _negated=True),
                    models.Q(
                        ("as_of__isnull", False), ("organization__isnull", False), models.Q(("form", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="applied_statistics_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="statisticsfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "applied")),
                fields=("organization", "form", "as_of"),
                name="one_applied_statistics",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("campaign", "organization", "form"), name="one_submission"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("organization", "form", "period"), name="asked_once_a_period"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_submitted_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_returned_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_accepted_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extended_at__isnull", True), ("extended_by__isnull", True)),
                    models.Q(("extended_at__isnull", False), ("extended_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_extended_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("submitted", "accepted")), _negated=True),
                    models.Q(("number__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="submitted_has_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True), ("accepted_at__isnull", False), _connector="OR"
                ),
                name="accepted_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("returned_at__isnull", False), models.Q(("return_comment", ""), _negated=True)),
                    _connector="OR",
                ),
                name="returned_has_comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extended_at__isnull", True), ("extended_to__isnull", True)),
                    models.Q(
                        ("extended_at__isnull", False),
                        ("extended_to__isnull", False),
                        models.Q(("extension_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="extension_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="answerchange",
            index=models.Index(fields=["submission", "revision"], name="change_of_submission"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("submission", "field"), name="one_answer"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("absence_reason", ""), _connector="OR"),
                name="answer_number_or_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="submissionupload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True), ("confirmed_at__isnull", False), _connector="OR"
                ),
                name="upload_confirmed_when",
            ),
        ),
    ]
