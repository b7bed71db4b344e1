import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("organizations", "0001_initial"),
        ("organizations", "0002_organization_features"),
        ("organizations", "0003_group_kind"),
        ("organizations", "0004_okpo"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="код")),
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
                        verbose_name="вид",
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="номер")),
                ("name", models.CharField(max_length=200, verbose_name="краткое название")),
                ("full_name", models.CharField(blank=True, max_length=500, verbose_name="полное название")),
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
                (
                    "locality",
                    models.CharField(
                        choices=[("urban", "город"), ("rural", "село")],
                        default="urban",
                        max_length=8,
                        verbose_name="местность",
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
                ("settlement", models.CharField(blank=True, max_length=120, verbose_name="населённый пункт")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="адрес")),
                ("head_name", models.CharField(blank=True, max_length=150, verbose_name="руководитель")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="телефон")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="почта")),
                ("website", models.URLField(blank=True, verbose_name="сайт")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="открыта")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="закрыта")),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Replace(
                            django.db.models.functions.text.Lower("name"), models.Value("ё"), models.Value("е")
                        ),
                        output_field=models.CharField(max_length=200),
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organizations.organization",
                        verbose_name="правопреемник",
                    ),
                ),
            ],
            options={
                "verbose_name": "организация",
                "verbose_name_plural": "организации",
                "ordering": ("-kind", "number", "name_key"),
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hand", "по списку"),
                            ("rule", "по правилу"),
                            ("cluster", "похожие организации (кластер)"),
                        ],
                        default="hand",
                        max_length=8,
                        verbose_name="как составлена",
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="код")),
                ("name", models.CharField(max_length=120, verbose_name="название")),
                ("description", models.CharField(blank=True, max_length=300, verbose_name="пояснение")),
                (
                    "organizations",
                    models.ManyToManyField(
                        blank=True, related_name="groups", to="organizations.organization", verbose_name="организации"
                    ),
                ),
            ],
            options={
                "verbose_name": "группа организаций",
                "verbose_name_plural": "группы организаций",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("fis_oko", "ФИС ОКО"),
                            ("ris_gia9", "РИС ГИА-9"),
                            ("ris_gia11", "РИС ГИА-11"),
                            ("msu", "код МСУ"),
                            ("inn", "ИНН"),
                            ("ogrn", "ОГРН"),
                            ("okpo", "ОКПО"),
                        ],
                        max_length=12,
                        verbose_name="система",
                    ),
                ),
                ("value", models.CharField(max_length=40, verbose_name="код")),
                ("prefix", models.CharField(blank=True, max_length=8, verbose_name="приставка")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует по")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_ids",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "внешний код",
                "verbose_name_plural": "внешние коды",
            },
        ),
        migrations.CreateModel(
            name="OrganizationEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "открыта"),
                            ("renamed", "переименована"),
                            ("merged", "присоединена"),
                            ("split", "разделена"),
                            ("closed", "закрыта"),
                        ],
                        max_length=8,
                        verbose_name="событие",
                    ),
                ),
                ("on", models.DateField(verbose_name="дата")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="пояснение")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="organizations.organization",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "событие организации",
                "verbose_name_plural": "события организаций",
                "ordering": ("on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("main", "основное здание"), ("branch", "филиал"), ("building", "корпус")],
                        default="main",
                        max_length=8,
                        verbose_name="вид",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="адрес")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sites",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "площадка",
                "verbose_name_plural": "площадки",
                "ordering": ("organization", "kind", "name"),
            },
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True),
                    ("opened_on__isnull", True),
                    ("closed_on__gte", models.F("opened_on")),
                    _connector="OR",
                ),
                name="organization_days_in_order",
                violation_error_message="Дата закрытия раньше даты открытия.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "authority")), fields=("kind",), name="one_authority"
            ),
        ),
        migrations.AddConstraint(
            model_name="externalid",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("system", "value"),
                name="one_current_external_id",
            ),
        ),
    ]
