import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("registers", "0001_initial"),
    ]

    dependencies = [
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="изменена"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с")),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
                ),
                ("partner", models.CharField(max_length=250, verbose_name="партнёр")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("college", "профессиональная образовательная организация"),
                            ("enterprise", "предприятие"),
                            ("university", "вуз"),
                            ("other", "другой партнёр"),
                        ],
                        max_length=10,
                        verbose_name="вид партнёра",
                    ),
                ),
                ("subject", models.CharField(max_length=300, verbose_name="о чём")),
                ("signed_on", models.DateField(verbose_name="заключено")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Пусто — бессрочно.", null=True, verbose_name="действует по"
                    ),
                ),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
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
                    "schools",
                    models.ManyToManyField(
                        related_name="agreements", to="organizations.organization", verbose_name="школы"
                    ),
                ),
            ],
            options={
                "verbose_name": "соглашение",
                "verbose_name_plural": "соглашения с партнёрами",
                "ordering": ("partner", "signed_on"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive_reason", ""), ("archived_at__isnull", True)),
                            models.Q(("archived_at__isnull", False), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="agreement_archived_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("organization", "partner", "signed_on"),
                        name="one_agreement",
                        violation_error_message="Соглашение с этим партнёром от этой даты уже внесено.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("signed_on")), _connector="OR"
                        ),
                        name="agreement_days_in_order",
                        violation_error_message="Окончание раньше дня, когда соглашение заключено.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EducationalProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="изменена"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с")),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
                ),
                ("name", models.CharField(max_length=250, verbose_name="название программы")),
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
                (
                    "demand",
                    models.CharField(
                        choices=[
                            ("full", "соответствует запросу"),
                            ("partly", "соответствует частично"),
                            ("none", "не соответствует"),
                            ("unknown", "не изучено"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="запрос семей",
                    ),
                ),
                (
                    "technologies",
                    models.CharField(
                        blank=True, help_text="Какие применяются.", max_length=400, verbose_name="технологии"
                    ),
                ),
                (
                    "expertise",
                    models.CharField(
                        choices=[
                            ("not_yet", "не проводилась"),
                            ("approved", "рекомендована"),
                            ("remarks", "есть замечания"),
                            ("declined", "не рекомендована"),
                        ],
                        default="not_yet",
                        max_length=8,
                        verbose_name="экспертиза",
                    ),
                ),
                ("expertise_on", models.DateField(blank=True, null=True, verbose_name="дата экспертизы")),
                (
                    "materials",
                    models.CharField(
                        choices=[
                            ("full", "обеспечена полностью"),
                            ("partly", "обеспечена частично"),
                            ("none", "не обеспечена"),
                        ],
                        max_length=8,
                        verbose_name="учебно-методический комплект",
                    ),
                ),
                ("materials_note", models.CharField(blank=True, max_length=300, verbose_name="чего не хватает")),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
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
            ],
            options={
                "verbose_name": "программа",
                "verbose_name_plural": "программы",
                "ordering": ("organization", "level", "name"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive_reason", ""), ("archived_at__isnull", True)),
                            models.Q(("archived_at__isnull", False), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="educationalprogramme_archived_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("organization", "level", "name"),
                        name="one_programme",
                        violation_error_message="Такая программа этого уровня у организации уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expertise", "not_yet"), ("expertise_on__isnull", False), _connector="OR"),
                        name="expertise_has_day",
                        violation_error_message="Экспертиза проведена — укажите её дату.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GraduateChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="изменена"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с")),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("engineering", "инженерное дело, промышленность"),
                            ("building", "строительство"),
                            ("transport", "транспорт"),
                            ("computing", "информационные технологии"),
                            ("agriculture", "сельское хозяйство"),
                            ("health", "здравоохранение"),
                            ("teaching", "образование и педагогика"),
                            ("economics", "экономика и управление"),
                            ("law", "право и безопасность"),
                            ("services", "торговля и услуги"),
                            ("culture", "культура и искусство"),
                            ("other", "другое"),
                        ],
                        max_length=12,
                        verbose_name="группа профессий",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="год выпуска",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[("9", "после 9 класса"), ("11", "после 11 класса")],
                        max_length=2,
                        verbose_name="выпуск",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="выбрали человек")),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
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
            ],
            options={
                "verbose_name": "выбор выпускников",
                "verbose_name_plural": "выбор выпускников",
                "ordering": ("-year", "organization", "after", "group"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive_reason", ""), ("archived_at__isnull", True)),
                            models.Q(("archived_at__isnull", False), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="graduatechoice_archived_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("organization", "year", "after", "group"),
                        name="one_graduate_choice",
                        violation_error_message="Выбор этой группы за этот год и выпуск уже внесён.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JointAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="изменена"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с")),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
                ),
                ("partner", models.CharField(max_length=250, verbose_name="партнёр (ведомство)")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("sport", "спорт"),
                            ("culture", "культура"),
                            ("youth", "молодёжная политика"),
                            ("health", "здравоохранение"),
                            ("other", "другое"),
                        ],
                        max_length=8,
                        verbose_name="направление",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="что проведено")),
                ("held_on", models.DateField(verbose_name="дата")),
                (
                    "result",
                    models.TextField(
                        blank=True,
                        help_text="Сколько детей, что получилось.",
                        max_length=1000,
                        verbose_name="результат",
                    ),
                ),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
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
            ],
            options={
                "verbose_name": "межведомственное действие",
                "verbose_name_plural": "межведомственные действия",
                "ordering": ("-held_on", "title"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive_reason", ""), ("archived_at__isnull", True)),
                            models.Q(("archived_at__isnull", False), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="jointaction_archived_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("partner", "title", "held_on"),
                        name="one_joint_action",
                        violation_error_message="Это действие уже внесено.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LabourNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="изменена"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с")),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("engineering", "инженерное дело, промышленность"),
                            ("building", "строительство"),
                            ("transport", "транспорт"),
                            ("computing", "информационные технологии"),
                            ("agriculture", "сельское хозяйство"),
                            ("health", "здравоохранение"),
                            ("teaching", "образование и педагогика"),
                            ("economics", "экономика и управление"),
                            ("law", "право и безопасность"),
                            ("services", "торговля и услуги"),
                            ("culture", "культура и искусство"),
                            ("other", "другое"),
                        ],
                        max_length=12,
                        verbose_name="группа профессий",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="год",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="нужно человек")),
                (
                    "source",
                    models.CharField(
                        help_text="Прогноз, письмо службы занятости, его дата.", max_length=300, verbose_name="источник"
                    ),
                ),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
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
            ],
            options={
                "verbose_name": "потребность рынка труда",
                "verbose_name_plural": "потребности рынка труда",
                "ordering": ("-year", "group"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive_reason", ""), ("archived_at__isnull", True)),
                            models.Q(("archived_at__isnull", False), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="labourneed_archived_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("group", "year"),
                        name="one_labour_need",
                        violation_error_message="Потребность этой группы за этот год уже внесена.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TalentTeacher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="изменена"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с")),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
                ),
                ("person", models.CharField(max_length=150, verbose_name="фамилия, имя, отчество")),
                ("post", models.CharField(max_length=150, verbose_name="должность")),
                (
                    "work",
                    models.CharField(
                        help_text="Кружок, олимпиада, научное общество.",
                        max_length=300,
                        verbose_name="с кем и как работает",
                    ),
                ),
                (
                    "awards",
                    models.CharField(
                        blank=True, help_text="Награды самого педагога.", max_length=400, verbose_name="награды"
                    ),
                ),
                (
                    "practices",
                    models.CharField(
                        blank=True, help_text="Название и где.", max_length=400, verbose_name="опубликованные практики"
                    ),
                ),
                (
                    "training",
                    models.CharField(blank=True, max_length=300, verbose_name="обучение работе с талантливыми детьми"),
                ),
                ("trained_on", models.DateField(blank=True, null=True, verbose_name="дата обучения")),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
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
            ],
            options={
                "verbose_name": "педагог",
                "verbose_name_plural": "педагоги, работающие с талантливыми детьми",
                "ordering": ("organization", "person"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive_reason", ""), ("archived_at__isnull", True)),
                            models.Q(("archived_at__isnull", False), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="talentteacher_archived_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("organization", "person"),
                        name="one_talent_teacher",
                        violation_error_message="Этот педагог у организации уже внесён.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trained_on__isnull", True), ("training", "")),
                            models.Q(models.Q(("training", ""), _negated=True), ("trained_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="training_has_day",
                        violation_error_message="Обучение и его дата указываются вместе.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpbringingPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="изменена"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с")),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("civic", "гражданское"),
                            ("patriotic", "патриотическое"),
                            ("moral", "духовно-нравственное"),
                            ("aesthetic", "эстетическое"),
                            ("physical", "физическое, здоровье"),
                            ("labour", "трудовое"),
                            ("ecological", "экологическое"),
                            ("knowledge", "ценности научного познания"),
                        ],
                        max_length=12,
                        verbose_name="направление воспитания",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Что делается, для кого, что получилось.",
                        max_length=3000,
                        verbose_name="суть практики",
                    ),
                ),
                ("link", models.URLField(blank=True, verbose_name="ссылка на материалы")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "предложена"),
                            ("accepted", "принята в банк"),
                            ("returned", "возвращена"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "remark",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="замечание методиста"),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="рассмотрена"),
                ),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
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
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "практика воспитания",
                "verbose_name_plural": "практики воспитания",
                "ordering": ("direction", "title"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive_reason", ""), ("archived_at__isnull", True)),
                            models.Q(("archived_at__isnull", False), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="upbringingpractice_archived_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("organization", "title"),
                        name="one_practice",
                        violation_error_message="Практика с таким названием у организации уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "proposed"), ("reviewed_at__isnull", False), _connector="OR"),
                        name="practice_reviewed_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="practice_returned_why",
                    ),
                ],
            },
        ),
    ]
