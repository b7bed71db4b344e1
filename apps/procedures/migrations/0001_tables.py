import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("procedures", "0001_initial"),
        ("procedures", "0002_studies"),
        ("procedures", "0003_schedule_and_documents"),
        ("procedures", "0004_imports_scales_olympiads"),
        ("procedures", "0005_people_instruments"),
        ("procedures", "0006_item_details"),
        ("procedures", "0007_matrix_schools"),
        ("procedures", "0008_direction_conditions"),
        ("procedures", "0009_observed_bounds"),
        ("procedures", "0010_shorter_codes"),
    ]

    dependencies = [
        ("accounts", "0001_tables"),
        ("core", "0001_tables"),
        ("indicators", "0001_tables"),
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="название")),
            ],
            options={
                "verbose_name": "предмет",
                "verbose_name_plural": "предметы",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="день")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("observer", "наблюдатель"),
                            ("expert", "эксперт"),
                            ("coordinator", "координатор"),
                            ("public", "представитель общественности"),
                        ],
                        max_length=12,
                        verbose_name="кем",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="назначен")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="отменено")),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="почему отменено")),
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
                "verbose_name": "назначение",
                "verbose_name_plural": "назначения",
                "ordering": ("on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "черновик"), ("sent", "отправлен")],
                        default="draft",
                        max_length=5,
                        verbose_name="состояние",
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="ответы")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="замечания и предложения")),
                ("number", models.CharField(max_length=20, null=True, unique=True, verbose_name="номер")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлен")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="сохранён")),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="act", to="procedures.assignment"
                    ),
                ),
            ],
            options={
                "verbose_name": "акт наблюдения",
                "verbose_name_plural": "акты наблюдения",
                "ordering": ("-sent_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="загружены")),
                (
                    "create_organizations",
                    models.BooleanField(default=False, verbose_name="создавать организации для неизвестных школ"),
                ),
                ("findings", models.JSONField(default=list, verbose_name="замечания")),
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
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.job"
                    ),
                ),
            ],
            options={
                "verbose_name": "загрузка результатов",
                "verbose_name_plural": "загрузки результатов",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("documents", "документы"),
                            ("people", "люди"),
                            ("instruments", "инструменты"),
                            ("systems", "информационные системы"),
                        ],
                        max_length=12,
                        verbose_name="что это",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("url", models.URLField(blank=True, verbose_name="ссылка")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесено")),
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
                    "direction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conditions",
                        to="indicators.direction",
                    ),
                ),
            ],
            options={
                "verbose_name": "условие направления",
                "verbose_name_plural": "условия направлений",
                "ordering": ("kind", "title"),
            },
        ),
        migrations.CreateModel(
            name="ExpertTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="что оценивается")),
                ("instruction", models.TextField(max_length=2000, verbose_name="что сделать эксперту")),
                ("due_on", models.DateField(verbose_name="заполнить до")),
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
            ],
            options={
                "verbose_name": "экспертиза",
                "verbose_name_plural": "экспертизы",
                "ordering": ("-due_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("text", models.CharField(max_length=300, verbose_name="критерий")),
                ("maximum", models.PositiveSmallIntegerField(verbose_name="максимум баллов")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="procedures.experttask"
                    ),
                ),
            ],
            options={
                "verbose_name": "критерий экспертизы",
                "verbose_name_plural": "критерии экспертизы",
                "ordering": ("task", "position"),
            },
        ),
        migrations.CreateModel(
            name="ExplanatoryEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seminar", "семинар"),
                            ("meeting", "совещание"),
                            ("consultation", "консультация"),
                            ("parents", "собрание родителей"),
                            ("material", "памятка, публикация"),
                        ],
                        default="seminar",
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                ("on", models.DateField(verbose_name="день")),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("criteria", "критериальное оценивание"),
                                ("internal", "внутришкольное оценивание и его проверка"),
                                ("instruments", "составление и разбор заданий (КИМ)"),
                                ("conduct", "порядок проведения и наблюдение"),
                                ("results", "что говорят результаты и чего не говорят"),
                                ("attitude", "зачем объективность: разговор без наказаний"),
                                ("parents", "разъяснение родителям"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="темы объективности",
                    ),
                ),
                ("audience", models.CharField(max_length=200, verbose_name="для кого")),
                ("plan", models.TextField(max_length=2000, verbose_name="что разъясняем")),
                ("outcome", models.TextField(blank=True, max_length=2000, verbose_name="итог")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="отмечено проведённым")),
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
                    "organizations",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organizations.organization", verbose_name="участвовали"
                    ),
                ),
            ],
            options={
                "verbose_name": "разъяснительное мероприятие",
                "verbose_name_plural": "разъяснительные мероприятия",
                "ordering": ("-on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="InternalCriteria",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.CharField(max_length=300, verbose_name="локальный акт")),
                ("criteria", models.TextField(max_length=8000, verbose_name="критерии оценивания")),
                ("url", models.URLField(blank=True, verbose_name="адрес на сайте")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесено")),
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
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "критерии внутришкольного оценивания",
                "verbose_name_plural": "критерии внутришкольного оценивания",
                "ordering": ("organization", "-period__starts_on"),
            },
        ),
        migrations.CreateModel(
            name="MappingProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="название")),
                ("digest", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=8, verbose_name="вид процедуры")),
                ("header", models.JSONField(default=list, verbose_name="столбцы файла")),
                ("columns", models.JSONField(default=dict, verbose_name="значения столбцов")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="сохранён")),
                ("used_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="применялся")),
                ("used", models.PositiveIntegerField(default=1, verbose_name="применялся, раз")),
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
                "verbose_name": "профиль столбцов",
                "verbose_name_plural": "профили столбцов",
                "ordering": ("-used_at",),
            },
        ),
        migrations.CreateModel(
            name="MarkerList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="имя файла")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="источник")),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="загружен")),
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
                "verbose_name": "список маркеров",
                "verbose_name_plural": "списки маркеров",
                "ordering": ("-loaded_at",),
            },
        ),
        migrations.CreateModel(
            name="ExternalMarker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("digits", models.CharField(max_length=20, verbose_name="логин, цифры")),
                ("prefix", models.CharField(blank=True, max_length=8, verbose_name="приставка логина")),
                ("name", models.CharField(blank=True, max_length=400, verbose_name="название в списке")),
                ("municipality", models.CharField(blank=True, max_length=200, verbose_name="муниципалитет в списке")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None, verbose_name="маркеры"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markers",
                        to="procedures.markerlist",
                        verbose_name="список",
                    ),
                ),
            ],
            options={
                "verbose_name": "внешний маркер",
                "verbose_name_plural": "внешние маркеры",
                "ordering": ("-year", "digits"),
            },
        ),
        migrations.CreateModel(
            name="MarkingRequirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("grade_from", models.PositiveSmallIntegerField(verbose_name="с какого класса")),
                ("grade_to", models.PositiveSmallIntegerField(verbose_name="по какой класс")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("text", models.TextField(max_length=8000, verbose_name="требования")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="опубликовано")),
                ("confirm_by", models.DateField(verbose_name="подтвердить до")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="procedures.markingrequirement",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.subject",
                        verbose_name="предмет",
                    ),
                ),
            ],
            options={
                "verbose_name": "единые требования к оцениванию",
                "verbose_name_plural": "единые требования к оцениванию",
                "ordering": ("subject__name", "grade_from", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Olympiad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("school", "школьный этап"),
                            ("municipal", "муниципальный этап"),
                            ("regional", "региональный этап"),
                            ("final", "заключительный этап"),
                            ("contest", "иной конкурс"),
                        ],
                        max_length=10,
                        verbose_name="этап",
                    ),
                ),
                ("contest", models.CharField(blank=True, max_length=160, verbose_name="название конкурса")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="дата")),
                ("sites", models.CharField(blank=True, max_length=400, verbose_name="места проведения")),
                ("observers", models.CharField(blank=True, max_length=300, verbose_name="наблюдатели")),
                ("document", models.CharField(blank=True, max_length=300, verbose_name="приказ")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="пояснение")),
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
                    "protocol",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                        verbose_name="протокол",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="olympiads",
                        to="procedures.subject",
                        verbose_name="предмет",
                    ),
                ),
            ],
            options={
                "verbose_name": "этап олимпиады",
                "verbose_name_plural": "этапы олимпиады",
                "ordering": ("-period__starts_on", "stage", "subject__name", "contest"),
            },
        ),
        migrations.CreateModel(
            name="ParticipatingSchool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("fis_oko", "ФИС ОКО"),
                            ("ris_gia9", "РИС ГИА-9"),
                            ("ris_gia11", "РИС ГИА-11"),
                            ("form", "форма сбора без школы"),
                            ("matrix", "матрица без логинов"),
                        ],
                        max_length=12,
                        verbose_name="система",
                    ),
                ),
                ("digits", models.CharField(max_length=20, verbose_name="код")),
                ("prefix", models.CharField(blank=True, max_length=8, verbose_name="приставка логина")),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="название")),
                ("municipality_code", models.CharField(blank=True, max_length=20, verbose_name="код муниципалитета")),
                ("municipality", models.CharField(blank=True, max_length=200, verbose_name="муниципалитет")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "школа в файлах результатов",
                "verbose_name_plural": "школы в файлах результатов",
                "ordering": ("system", "digits"),
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_name", models.CharField(max_length=80, verbose_name="фамилия")),
                ("first_name", models.CharField(max_length=80, verbose_name="имя")),
                ("patronymic", models.CharField(blank=True, max_length=80, verbose_name="отчество")),
                (
                    "capacities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("observer", "наблюдатель"),
                                ("expert", "эксперт"),
                                ("coordinator", "координатор"),
                                ("public", "представитель общественности"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="кем участвует",
                    ),
                ),
                (
                    "employer",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="другое место работы или общественная организация"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="рабочая почта")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="рабочий телефон")),
                ("consent_on", models.DateField(verbose_name="согласие на обработку персональных данных получено")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "предложен"),
                            ("active", "в реестре"),
                            ("declined", "отклонён"),
                            ("archived", "в архиве"),
                        ],
                        default="active",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="обоснование")),
                ("decision", models.TextField(blank=True, max_length=1000, verbose_name="причина решения")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решение принято")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесён")),
                (
                    "avoids",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организации, куда не назначать",
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.invitation",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workplace",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="место работы",
                    ),
                ),
                (
                    "subjects",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="procedures.subject", verbose_name="предметы"
                    ),
                ),
            ],
            options={
                "verbose_name": "участник процедур",
                "verbose_name_plural": "участники процедур",
                "ordering": ("last_name", "first_name", "patronymic", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ExpertSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "не отправлен"), ("sent", "отправлен")],
                        default="draft",
                        max_length=5,
                        verbose_name="состояние",
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="баллы и замечания")),
                ("conclusion", models.TextField(blank=True, max_length=4000, verbose_name="вывод")),
                ("number", models.CharField(max_length=20, null=True, unique=True, verbose_name="номер")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлен")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="procedures.experttask"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="procedures.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "экспертный лист",
                "verbose_name_plural": "экспертные листы",
                "ordering": ("task", "person__last_name", "pk"),
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="procedures.person"
            ),
        ),
        migrations.CreateModel(
            name="Accreditation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issuer", models.CharField(max_length=200, verbose_name="кем выдана")),
                ("number", models.CharField(max_length=60, verbose_name="номер")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(verbose_name="действует по")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accreditations",
                        to="procedures.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "аккредитация",
                "verbose_name_plural": "аккредитации",
                "ordering": ("-valid_to", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vpr", "ВПР"),
                            ("oge", "ОГЭ"),
                            ("ege", "ЕГЭ"),
                            ("gve", "ГВЭ"),
                            ("niko", "НИКО"),
                            ("rdr", "РДР"),
                            ("mdr", "МДР"),
                            ("vsoko", "работа ВСОКО"),
                            ("vsosh", "ВсОШ"),
                            ("intl", "международное исследование"),
                        ],
                        max_length=8,
                        verbose_name="вид",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("federal", "федеральный"),
                            ("regional", "региональный"),
                            ("municipal", "муниципальный"),
                            ("school", "школьный"),
                            ("world", "международный"),
                        ],
                        default="federal",
                        max_length=10,
                        verbose_name="уровень",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="год в названии")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="класс")),
                ("session", models.CharField(blank=True, max_length=20, verbose_name="срок")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="дата проведения")),
                ("window_starts_on", models.DateField(blank=True, null=True, verbose_name="проводится с")),
                ("window_ends_on", models.DateField(blank=True, null=True, verbose_name="проводится по")),
                ("document", models.CharField(blank=True, max_length=300, verbose_name="утверждающий документ")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="снята с графика")),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="почему снята")),
                ("is_public", models.BooleanField(default=True, verbose_name="показывать в открытом графике")),
                (
                    "max_score",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="максимальный балл"),
                ),
                (
                    "bounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="границы отметок",
                    ),
                ),
                (
                    "conditions",
                    models.JSONField(blank=True, default=list, verbose_name="дополнительные условия отметок"),
                ),
                (
                    "pass_score",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="минимальный тестовый балл"),
                ),
                (
                    "scale_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "официальный документ"),
                            ("file", "указано в файле"),
                            ("municipal", "внесено муниципалитетом"),
                            ("unconfirmed", "не подтверждено"),
                            ("", "нет"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="состояние шкалы",
                    ),
                ),
                ("scale_source", models.CharField(blank=True, max_length=400, verbose_name="источник шкалы")),
                (
                    "items_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "официальный документ"),
                            ("file", "указано в файле"),
                            ("municipal", "внесено муниципалитетом"),
                            ("unconfirmed", "не подтверждено"),
                            ("", "нет"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="состояние перечня заданий",
                    ),
                ),
                ("items_source", models.CharField(blank=True, max_length=400, verbose_name="источник перечня заданий")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="пояснение")),
                ("observed", models.JSONField(blank=True, default=dict, verbose_name="границы по отметкам файлов")),
                (
                    "document_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.privatefile",
                        verbose_name="файл документа",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_procedures",
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
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedures",
                        to="procedures.subject",
                        verbose_name="предмет",
                    ),
                ),
            ],
            options={
                "verbose_name": "процедура",
                "verbose_name_plural": "процедуры",
                "ordering": ("-year", "grade", "subject__name", "kind", "session"),
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "участвует"), ("done", "провела"), ("declined", "не участвует")],
                        default="planned",
                        max_length=8,
                        verbose_name="участие",
                    ),
                ),
                ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="участников")),
                ("sample", models.CharField(blank=True, max_length=200, verbose_name="выборка")),
                ("rooms", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="аудиторий")),
                ("organizers", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="организаторов")),
                (
                    "technicians",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="технических специалистов"),
                ),
                (
                    "computers",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="исправных компьютеров"),
                ),
                (
                    "responsible",
                    models.CharField(blank=True, max_length=150, verbose_name="кто отвечает в организации"),
                ),
                ("equipment", models.CharField(blank=True, max_length=300, verbose_name="оборудование")),
                (
                    "readiness",
                    models.CharField(
                        choices=[
                            ("none", "не отмечена"),
                            ("work", "готовится"),
                            ("problem", "есть трудности"),
                            ("ready", "готова"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="готовность",
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="в чём трудность")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменено")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedure_participations",
                        to="organizations.organization",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organizations.site",
                        verbose_name="площадка",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="procedures.procedure",
                    ),
                ),
            ],
            options={
                "verbose_name": "участие организации",
                "verbose_name_plural": "участие организаций",
                "ordering": ("organization",),
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("number", models.CharField(max_length=12, verbose_name="номер задания")),
                ("maximum", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="максимальный балл")),
                ("level", models.CharField(blank=True, max_length=1, verbose_name="уровень сложности")),
                ("skill", models.CharField(blank=True, max_length=300, verbose_name="проверяемое умение")),
                ("content", models.CharField(blank=True, max_length=200, verbose_name="коды элементов содержания")),
                ("requirement", models.CharField(blank=True, max_length=200, verbose_name="коды требований")),
                ("block", models.CharField(blank=True, max_length=300, verbose_name="блок планируемых результатов")),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="procedures.procedure"
                    ),
                ),
            ],
            options={
                "verbose_name": "задание",
                "verbose_name_plural": "задания",
                "ordering": ("procedure", "position"),
            },
        ),
        migrations.AddField(
            model_name="experttask",
            name="procedure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedure",
                verbose_name="процедура",
            ),
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "ответственный"), ("member", "исполнитель")],
                        default="lead",
                        max_length=8,
                        verbose_name="роль",
                    ),
                ),
                ("assigned_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="назначен")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="снят")),
                (
                    "assigned_by",
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
                        related_name="duties",
                        to="indicators.direction",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="сотрудник",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="procedures.procedure",
                    ),
                ),
            ],
            options={
                "verbose_name": "назначение сотрудника",
                "verbose_name_plural": "назначения сотрудников",
                "ordering": ("part", "assigned_at"),
            },
        ),
        migrations.CreateModel(
            name="DocumentDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("order", "приказ"),
                            ("regulation", "положение"),
                            ("schedule", "график проведения"),
                            ("instruction", "инструкция"),
                            ("protocol", "протокол"),
                        ],
                        max_length=12,
                        verbose_name="документ",
                    ),
                ),
                ("text", models.TextField(max_length=30000, verbose_name="текст")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменён")),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="procedures.procedure"
                    ),
                ),
            ],
            options={
                "verbose_name": "проект документа",
                "verbose_name_plural": "проекты документов",
                "ordering": ("procedure", "kind"),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="замечание")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="что сделано")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="отработано")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="procedures.act"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "замечание наблюдателя",
                "verbose_name_plural": "замечания наблюдателей",
                "ordering": ("closed_at", "-act__sent_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RequirementReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="подтверждено")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization"
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="procedures.markingrequirement",
                    ),
                ),
            ],
            options={
                "verbose_name": "подтверждение требований",
                "verbose_name_plural": "подтверждения требований",
                "ordering": ("organization__number", "organization__name_key"),
            },
        ),
        migrations.CreateModel(
            name="ResultFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="имя файла")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("names_removed", models.BooleanField(default=False, verbose_name="имена удалены до сохранения")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "ожидает обработки"),
                            ("unclear", "нужно указать работу"),
                            ("unmapped", "нужно указать столбцы"),
                            ("done", "загружен"),
                            ("refused", "отклонён"),
                            ("undone", "загрузка отменена"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("family", models.CharField(blank=True, max_length=24, verbose_name="вид файла")),
                ("stated", models.JSONField(default=dict, verbose_name="указано")),
                ("hint", models.JSONField(default=dict, verbose_name="подсказка имени")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="строк")),
                ("absent", models.PositiveIntegerField(default=0, verbose_name="отсутствовали")),
                ("present", models.PositiveIntegerField(default=0, verbose_name="писали")),
                ("schools", models.PositiveIntegerField(default=0, verbose_name="школ")),
                ("unknown_schools", models.PositiveIntegerField(default=0, verbose_name="неизвестных школ")),
                ("quarantined", models.PositiveIntegerField(default=0, verbose_name="в карантине")),
                ("unchanged_schools", models.PositiveIntegerField(default=0, verbose_name="школ без изменений")),
                ("findings", models.JSONField(default=list, verbose_name="замечания")),
                ("marks_by_scale", models.BooleanField(default=False, verbose_name="отметки рассчитаны по шкале")),
                ("mapping", models.JSONField(default=dict, verbose_name="столбцы")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="обработан")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="procedures.batch"
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
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                ("procedures", models.ManyToManyField(blank=True, related_name="files", to="procedures.procedure")),
            ],
            options={
                "verbose_name": "файл результатов",
                "verbose_name_plural": "файлы результатов",
                "ordering": ("batch", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ResultBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("class_label", models.CharField(blank=True, max_length=40, verbose_name="класс")),
                ("size", models.PositiveIntegerField(verbose_name="участников")),
                ("matrix", models.BinaryField(verbose_name="баллы")),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="коды"
                    ),
                ),
                (
                    "primary",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None, verbose_name="первичные баллы"
                    ),
                ),
                ("variants", models.BinaryField(verbose_name="варианты")),
                ("marks", models.BinaryField(verbose_name="отметки")),
                ("journal", models.BinaryField(verbose_name="отметки по журналу")),
                (
                    "test_scores",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), null=True, size=None, verbose_name="тестовые баллы"
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="procedures.participatingschool",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="procedures.resultfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "результаты класса",
                "verbose_name_plural": "результаты классов",
            },
        ),
        migrations.CreateModel(
            name="ResultAggregate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("participants", models.PositiveIntegerField(verbose_name="писали")),
                ("absent", models.PositiveIntegerField(default=0, verbose_name="отсутствовали")),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=4, verbose_name="отметки 2, 3, 4, 5"
                    ),
                ),
                ("score_sum", models.PositiveBigIntegerField(verbose_name="сумма первичных баллов")),
                ("score_squares", models.PositiveBigIntegerField(verbose_name="сумма квадратов")),
                (
                    "histogram",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="число участников по баллам"
                    ),
                ),
                (
                    "item_counts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="участников с заданием"
                    ),
                ),
                (
                    "item_sums",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="сумма баллов за задание"
                    ),
                ),
                (
                    "item_full",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="полный балл"
                    ),
                ),
                (
                    "item_zero",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="ноль баллов"
                    ),
                ),
                (
                    "item_skipped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="не приступали"
                    ),
                ),
                ("journal_lower", models.PositiveIntegerField(default=0, verbose_name="ниже журнала")),
                ("journal_equal", models.PositiveIntegerField(default=0, verbose_name="как в журнале")),
                ("journal_higher", models.PositiveIntegerField(default=0, verbose_name="выше журнала")),
                ("journal_gap", models.PositiveIntegerField(default=0, verbose_name="расхождение два балла и более")),
                ("test_sum", models.PositiveBigIntegerField(default=0, verbose_name="сумма тестовых баллов")),
                ("test_count", models.PositiveIntegerField(default=0, verbose_name="с тестовым баллом")),
                (
                    "test_histogram",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        default=list,
                        size=None,
                        verbose_name="по тестовым баллам",
                    ),
                ),
                ("item_details", models.BinaryField(default=b"", verbose_name="подробности заданий")),
                ("digest", models.CharField(max_length=64)),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aggregates",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aggregates",
                        to="procedures.participatingschool",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aggregates",
                        to="procedures.resultfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "итоги школы",
                "verbose_name_plural": "итоги школ",
            },
        ),
        migrations.CreateModel(
            name="ReplacedResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(blank=True, max_length=400, verbose_name="строка сводного отчёта")),
                ("payload", models.BinaryField(default=b"")),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replaced",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.participatingschool",
                    ),
                ),
                (
                    "by_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replacements",
                        to="procedures.resultfile",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replaced_results",
                        to="procedures.resultfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "заменённые результаты",
                "verbose_name_plural": "заменённые результаты",
            },
        ),
        migrations.CreateModel(
            name="QuarantinedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(max_length=60, verbose_name="лист")),
                ("sheet_row", models.PositiveIntegerField(verbose_name="строка")),
                ("code", models.BigIntegerField(default=0, verbose_name="код участника")),
                ("class_label", models.CharField(blank=True, max_length=40, verbose_name="класс")),
                ("reason", models.CharField(max_length=500, verbose_name="причина")),
                ("payload", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "в карантине"),
                            ("released", "учтена без ошибочных ячеек"),
                            ("fixed", "исправлена"),
                            ("dropped", "исключена"),
                        ],
                        default="held",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="решено")),
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
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quarantined_rows",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.participatingschool",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quarantined_rows",
                        to="procedures.resultfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка в карантине",
                "verbose_name_plural": "строки в карантине",
                "ordering": ("file", "sheet", "sheet_row"),
            },
        ),
        migrations.CreateModel(
            name="OlympiadPupils",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("school", "школьный этап"),
                            ("municipal", "муниципальный этап"),
                            ("regional", "региональный этап"),
                            ("final", "заключительный этап"),
                            ("contest", "иной конкурс"),
                        ],
                        max_length=10,
                        verbose_name="этап",
                    ),
                ),
                ("pupils", models.PositiveIntegerField(verbose_name="разных учеников")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="olympiad_pupils",
                        to="organizations.organization",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.period"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="olympiad_pupils",
                        to="procedures.resultfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "разные ученики в олимпиаде",
                "verbose_name_plural": "разные ученики в олимпиадах",
            },
        ),
        migrations.CreateModel(
            name="OlympiadCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("grade", models.PositiveSmallIntegerField(default=0, verbose_name="класс")),
                ("participants", models.PositiveIntegerField(verbose_name="участников")),
                ("prize_winners", models.PositiveIntegerField(default=0, verbose_name="призёров")),
                ("winners", models.PositiveIntegerField(default=0, verbose_name="победителей")),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесено")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "olympiad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="procedures.olympiad"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="olympiad_counts",
                        to="organizations.organization",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="olympiad_counts",
                        to="procedures.resultfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "итоги организации в олимпиаде",
                "verbose_name_plural": "итоги организаций в олимпиадах",
            },
        ),
        migrations.CreateModel(
            name="GroupResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report", models.CharField(max_length=12, verbose_name="отчёт")),
                ("level", models.CharField(max_length=12, verbose_name="уровень")),
                ("name", models.CharField(max_length=300, verbose_name="группа")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="код")),
                ("schools", models.PositiveIntegerField(null=True, verbose_name="школ")),
                ("participants", models.PositiveIntegerField(null=True, verbose_name="участников")),
                ("values", models.JSONField(default=dict, verbose_name="значения")),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_results",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_results",
                        to="procedures.resultfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка сводного отчёта",
                "verbose_name_plural": "строки сводных отчётов",
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("classes", models.CharField(blank=True, max_length=60, verbose_name="классы")),
                ("held_on", models.DateField(verbose_name="день")),
                ("lesson", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="урок")),
                (
                    "lessons_in_day",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="уроков в этот день"),
                ),
                ("length", models.PositiveSmallIntegerField(default=1, verbose_name="занимает уроков")),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="указан")),
                (
                    "chosen_by",
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
                        related_name="sittings",
                        to="organizations.organization",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="procedures.procedure"
                    ),
                ),
            ],
            options={
                "verbose_name": "день работы в школе",
                "verbose_name_plural": "дни работ в школах",
                "ordering": ("held_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("title", models.CharField(max_length=200, verbose_name="шаг")),
                ("due_on", models.DateField(verbose_name="срок")),
                ("by_school", models.BooleanField(default=True, verbose_name="делает организация")),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="procedures.procedure"
                    ),
                ),
            ],
            options={
                "verbose_name": "шаг подготовки",
                "verbose_name_plural": "шаги подготовки",
                "ordering": ("due_on", "position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="StepMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="выполнено")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="пояснение")),
                (
                    "by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="procedures.step"
                    ),
                ),
            ],
            options={
                "verbose_name": "отметка шага",
                "verbose_name_plural": "отметки шагов",
            },
        ),
        migrations.CreateModel(
            name="StudyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=200, verbose_name="что обследовать")),
                ("reason", models.TextField(max_length=2000, verbose_name="зачем")),
                ("wanted_by", models.DateField(blank=True, null=True, verbose_name="нужно к")),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "на рассмотрении"), ("accepted", "принят"), ("rejected", "отклонён")],
                        default="sent",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="ответ")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="срок обследования")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="направлен")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="рассмотрен")),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="study_requests",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "запрос на обследование",
                "verbose_name_plural": "запросы на обследование",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Study",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("municipal", "муниципальное"),
                            ("regional", "региональное"),
                            ("federal", "федеральное"),
                            ("world", "международное"),
                        ],
                        default="municipal",
                        max_length=10,
                        verbose_name="уровень",
                    ),
                ),
                ("aim", models.TextField(max_length=2000, verbose_name="цель")),
                ("sample", models.TextField(max_length=1000, verbose_name="выборка")),
                ("instrument", models.TextField(max_length=1000, verbose_name="инструмент")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                ("conclusion", models.TextField(blank=True, max_length=5000, verbose_name="вывод")),
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
                ("procedures", models.ManyToManyField(blank=True, related_name="studies", to="procedures.procedure")),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="studies",
                        to="procedures.studyrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "исследование",
                "verbose_name_plural": "исследования",
                "ordering": ("-starts_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="InternalCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="день проверки")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("second", "перепроверка вторым учителем"),
                            ("cross", "взаимопроверка с другой школой"),
                            ("external", "проверка экспертом со стороны"),
                            ("coded", "проверка обезличенных работ"),
                        ],
                        max_length=8,
                        verbose_name="как проверяли",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="класс")),
                ("works", models.PositiveIntegerField(verbose_name="проверено работ")),
                ("changed", models.PositiveIntegerField(verbose_name="в скольких изменилась отметка")),
                ("outcome", models.TextField(max_length=2000, verbose_name="вывод и что сделано")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесено")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.subject",
                        verbose_name="предмет",
                    ),
                ),
            ],
            options={
                "verbose_name": "проверка внутришкольного оценивания",
                "verbose_name_plural": "проверки внутришкольного оценивания",
                "ordering": ("-on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("current", "текущий контроль"),
                            ("interim", "промежуточная аттестация"),
                            ("diagnostic", "диагностическая работа"),
                            ("competence", "компетентностно-ориентированные задания"),
                        ],
                        max_length=10,
                        verbose_name="для чего",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="класс")),
                ("skill", models.CharField(max_length=300, verbose_name="проверяемое умение")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="пояснение")),
                ("open_until", models.DateField(blank=True, null=True, verbose_name="доступен по")),
                (
                    "opening",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("leaders", "руководители методических объединений"),
                                ("schools", "организации"),
                                ("experts", "эксперты"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "ждёт согласования"),
                            ("approved", "согласован"),
                            ("returned", "возвращён"),
                            ("archived", "в архиве"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="причина решения")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="внесён")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решение принято")),
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
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.subject",
                        verbose_name="предмет",
                    ),
                ),
            ],
            options={
                "verbose_name": "контрольно-измерительный материал",
                "verbose_name_plural": "контрольно-измерительные материалы",
                "ordering": ("subject__name", "grade", "title", "pk"),
            },
        ),
        migrations.AddField(
            model_name="experttask",
            name="subject",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.subject",
                verbose_name="предмет",
            ),
        ),
        migrations.CreateModel(
            name="Association",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="название")),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="руководитель",
                    ),
                ),
                (
                    "subjects",
                    models.ManyToManyField(
                        related_name="associations", to="procedures.subject", verbose_name="предметы"
                    ),
                ),
            ],
            options={
                "verbose_name": "методическое объединение",
                "verbose_name_plural": "методические объединения",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="SubjectHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="класс")),
                ("hours", models.PositiveSmallIntegerField(verbose_name="часов в год")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subject_hours",
                        to="organizations.organization",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.period"),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="procedures.subject"
                    ),
                ),
            ],
            options={
                "verbose_name": "часы предмета",
                "verbose_name_plural": "часы предметов",
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="обучение")),
                ("completed_on", models.DateField(verbose_name="пройдено")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="trainings", to="procedures.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "обучение участника",
                "verbose_name_plural": "обучение участников",
                "ordering": ("-completed_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="день")),
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
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="venues",
                        to="procedures.procedure",
                        verbose_name="процедура",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.site",
                        verbose_name="здание",
                    ),
                ),
            ],
            options={
                "verbose_name": "место проведения",
                "verbose_name_plural": "места проведения",
                "ordering": ("on", "procedure", "organization__number", "organization__name_key", "pk"),
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="venue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="procedures.venue"
            ),
        ),
        migrations.CreateModel(
            name="WorkAnalysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=10000, verbose_name="разбор")),
                ("advice", models.TextField(blank=True, max_length=4000, verbose_name="что предлагаем школам")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="сохранён")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="analyses",
                        to="procedures.procedure",
                        verbose_name="процедура",
                    ),
                ),
            ],
            options={
                "verbose_name": "разбор работы объединением",
                "verbose_name_plural": "разборы работ объединениями",
                "ordering": ("-saved_at",),
            },
        ),
        migrations.CreateModel(
            name="WorkDescription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vpr", "ВПР"),
                            ("oge", "ОГЭ"),
                            ("ege", "ЕГЭ"),
                            ("gve", "ГВЭ"),
                            ("niko", "НИКО"),
                            ("rdr", "РДР"),
                            ("mdr", "МДР"),
                            ("vsoko", "работа ВСОКО"),
                            ("vsosh", "ВсОШ"),
                            ("intl", "международное исследование"),
                        ],
                        max_length=8,
                        verbose_name="вид",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="класс")),
                (
                    "max_score",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="максимальный балл"),
                ),
                (
                    "bounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="границы отметок",
                    ),
                ),
                (
                    "conditions",
                    models.JSONField(blank=True, default=list, verbose_name="дополнительные условия отметок"),
                ),
                (
                    "pass_score",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="минимальный тестовый балл"),
                ),
                (
                    "scale_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "официальный документ"),
                            ("file", "указано в файле"),
                            ("municipal", "внесено муниципалитетом"),
                            ("unconfirmed", "не подтверждено"),
                            ("", "нет"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="состояние шкалы",
                    ),
                ),
                ("scale_source", models.CharField(blank=True, max_length=400, verbose_name="источник шкалы")),
                ("items", models.JSONField(blank=True, default=list, verbose_name="задания")),
                (
                    "items_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "официальный документ"),
                            ("file", "указано в файле"),
                            ("municipal", "внесено муниципалитетом"),
                            ("unconfirmed", "не подтверждено"),
                            ("", "нет"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="состояние перечня заданий",
                    ),
                ),
                ("items_source", models.CharField(blank=True, max_length=400, verbose_name="источник перечня заданий")),
                ("doubts", models.JSONField(blank=True, default=list, verbose_name="сомнения")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="изменено")),
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
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="descriptions",
                        to="procedures.subject",
                        verbose_name="предмет",
                    ),
                ),
            ],
            options={
                "verbose_name": "описание работы",
                "verbose_name_plural": "описания работ",
            },
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("sent_at__isnull", True), ("state", "draft")),
                    models.Q(("number__isnull", False), ("sent_at__isnull", False), ("state", "sent")),
                    _connector="OR",
                ),
                name="act_sent_with_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.UniqueConstraint(
                fields=("direction", "kind", "title"),
                name="one_condition",
                violation_error_message="Это условие уже внесено.",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("task", "position"), name="one_criterion_position"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("maximum__gte", 1), ("maximum__lte", 100)), name="criterion_maximum"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanatoryevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("topics__len__gte", 1)), name="explanatory_event_has_topic"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanatoryevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_at__isnull", True), models.Q(("outcome", ""), _negated=True), _connector="OR"
                ),
                name="explanatory_event_held_with_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="internalcriteria",
            constraint=models.UniqueConstraint(fields=("organization", "period"), name="one_internal_criteria"),
        ),
        migrations.AddConstraint(
            model_name="mappingprofile",
            constraint=models.UniqueConstraint(
                fields=("title",),
                name="one_mapping_title",
                violation_error_message="Профиль с таким названием уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="externalmarker",
            constraint=models.UniqueConstraint(fields=("year", "digits"), name="one_external_marker"),
        ),
        migrations.AddConstraint(
            model_name="participatingschool",
            constraint=models.UniqueConstraint(fields=("system", "digits"), name="one_participating_school"),
        ),
        migrations.AddConstraint(
            model_name="expertsheet",
            constraint=models.UniqueConstraint(fields=("task", "person"), name="one_sheet"),
        ),
        migrations.AddConstraint(
            model_name="expertsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("sent_at__isnull", True), ("state", "draft")),
                    models.Q(("number__isnull", False), ("sent_at__isnull", False), ("state", "sent")),
                    _connector="OR",
                ),
                name="sheet_sent_with_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="accreditation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                name="accreditation_days_in_order",
                violation_error_message="Окончание срока раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accreditation",
            constraint=models.UniqueConstraint(fields=("person", "issuer", "number"), name="one_accreditation"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(fields=("procedure", "organization"), name="one_participation"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("readiness", "problem"), _negated=True),
                    models.Q(("problem", ""), _negated=True),
                    _connector="OR",
                ),
                name="participation_problem_named",
                violation_error_message="Напишите, в чём трудность.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("procedure", "position"), name="one_item_position"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("direction__isnull", True), ("procedure__isnull", False)),
                    models.Q(("direction__isnull", False), ("procedure__isnull", True)),
                    _connector="OR",
                ),
                name="duty_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("user", "direction", "procedure"),
                name="one_current_duty",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="documentdraft",
            constraint=models.UniqueConstraint(fields=("procedure", "kind"), name="one_document_draft"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), models.Q(("answer", ""), _negated=True), _connector="OR"
                ),
                name="remark_closed_with_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementreceipt",
            constraint=models.UniqueConstraint(fields=("requirement", "organization"), name="one_receipt"),
        ),
        migrations.AddConstraint(
            model_name="resultblock",
            constraint=models.UniqueConstraint(fields=("procedure", "school", "class_label"), name="one_result_block"),
        ),
        migrations.AddConstraint(
            model_name="resultaggregate",
            constraint=models.UniqueConstraint(fields=("procedure", "school"), name="one_result_aggregate"),
        ),
        migrations.AddIndex(
            model_name="replacedresult",
            index=models.Index(fields=["procedure", "school"], name="replaced_of_school"),
        ),
        migrations.AddConstraint(
            model_name="replacedresult",
            constraint=models.UniqueConstraint(
                fields=("procedure", "school", "by_file", "group"), name="one_replacement", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantinedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "held")),
                    models.Q(models.Q(("state", "held"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="quarantine_decided_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="olympiadpupils",
            constraint=models.UniqueConstraint(fields=("period", "stage", "organization"), name="one_olympiad_pupils"),
        ),
        migrations.AddConstraint(
            model_name="olympiadcount",
            constraint=models.UniqueConstraint(fields=("olympiad", "organization", "grade"), name="one_olympiad_count"),
        ),
        migrations.AddConstraint(
            model_name="olympiadcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "participants__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("winners"), "+", models.F("prize_winners")
                        ),
                    )
                ),
                name="olympiad_winners_took_part",
                violation_error_message="Победителей и призёров не может быть больше, чем участников.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupresult",
            constraint=models.UniqueConstraint(
                fields=("procedure", "report", "level", "name", "code"), name="one_group_result"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(fields=("procedure", "organization", "classes"), name="one_sitting"),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lesson__isnull", True),
                    ("lessons_in_day__isnull", True),
                    ("lesson__lte", models.F("lessons_in_day")),
                    _connector="OR",
                ),
                name="sitting_lesson_in_day",
                violation_error_message="Номер урока больше числа уроков в этот день.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("length__gte", 1), ("length__lte", 8)), name="sitting_length"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepmark",
            constraint=models.UniqueConstraint(
                fields=("step", "organization"), name="one_step_mark", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="studyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "sent")),
                    models.Q(
                        models.Q(("state", "sent"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="study_request_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="studyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True), ("due_on__isnull", False), _connector="OR"
                ),
                name="study_request_accepted_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="study_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.UniqueConstraint(
                fields=("kind", "period", "subject", "grade", "session", "organization"),
                name="one_procedure",
                nulls_distinct=False,
                violation_error_message="Такая процедура уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__gte", 1), ("grade__lte", 12)), name="procedure_grade"
            ),
        ),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("window_starts_on__isnull", True),
                    ("window_ends_on__isnull", True),
                    ("window_ends_on__gte", models.F("window_starts_on")),
                    _connector="OR",
                ),
                name="procedure_window_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cancelled_on__isnull", True), models.Q(("cancel_reason", ""), _negated=True), _connector="OR"
                ),
                name="procedure_cancelled_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacities__len__gte", 1)), name="person_has_capacity"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("decided_at__isnull", False), models.Q(("decision", ""), _negated=True)),
                    _connector="OR",
                ),
                name="person_declined_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="olympiad",
            constraint=models.UniqueConstraint(
                fields=("period", "stage", "subject", "contest"),
                name="one_olympiad",
                violation_error_message="Этот предмет в этом этапе уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="olympiad",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "contest"), _negated=True),
                    models.Q(("contest", ""), _negated=True),
                    _connector="OR",
                ),
                name="contest_is_named",
                violation_error_message="Укажите название конкурса.",
            ),
        ),
        migrations.AddConstraint(
            model_name="markingrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grade_from__gte", 1), ("grade_to__gte", models.F("grade_from")), ("grade_to__lte", 12)
                ),
                name="requirement_grades",
                violation_error_message="Первый класс больше последнего.",
            ),
        ),
        migrations.AddConstraint(
            model_name="internalcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("changed__lte", models.F("works")), ("works__gte", 1)), name="internal_check_counts"
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__gte", 1), ("grade__lte", 12)), name="instrument_grade"
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "proposed"),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="instrument_decided_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="instrument_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjecthours",
            constraint=models.UniqueConstraint(
                fields=("organization", "period", "subject", "grade"), name="one_subject_hours", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="subjecthours",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gte", 1), ("hours__lte", 500)), name="subject_hours_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.UniqueConstraint(
                fields=("procedure", "organization", "site", "on"), name="one_venue", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at__isnull", True)), fields=("person", "on"), name="one_place_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cancelled_at__isnull", True), models.Q(("cancel_reason", ""), _negated=True), _connector="OR"
                ),
                name="assignment_cancelled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="workanalysis",
            constraint=models.UniqueConstraint(fields=("procedure", "author"), name="one_work_analysis"),
        ),
        migrations.AddConstraint(
            model_name="workdescription",
            constraint=models.UniqueConstraint(fields=("kind", "year", "subject", "grade"), name="one_description"),
        ),
    ]
