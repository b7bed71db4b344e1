import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("library", "0001_initial"),
    ]

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0001_tables"),
        ("indicators", "0001_tables"),
        ("organizations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="рубрика")),
            ],
            options={
                "verbose_name": "рубрика библиотеки",
                "verbose_name_plural": "рубрики библиотеки",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("federal", "федеральный"),
                            ("regional", "региональный"),
                            ("municipal", "муниципальный"),
                        ],
                        max_length=10,
                        verbose_name="уровень",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("law", "закон"),
                            ("decree", "постановление"),
                            ("order", "приказ"),
                            ("directive", "распоряжение"),
                            ("protocol", "протокол"),
                            ("letter", "письмо"),
                            ("method", "методика или рекомендации"),
                            ("other", "другой документ"),
                        ],
                        max_length=10,
                        verbose_name="вид",
                    ),
                ),
                ("issuer", models.CharField(blank=True, max_length=250, verbose_name="кем принят")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="номер")),
                ("on", models.DateField(blank=True, null=True, verbose_name="дата")),
                ("title", models.CharField(max_length=600, verbose_name="название")),
                ("edition", models.CharField(blank=True, max_length=200, verbose_name="редакция")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="ссылка")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "действует"),
                            ("changed", "изменён"),
                            ("void", "утратил силу"),
                            ("unconfirmed", "не подтверждено"),
                        ],
                        default="unconfirmed",
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                ("state_note", models.CharField(blank=True, max_length=500, verbose_name="пояснение к состоянию")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="состояние сверено")),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="откуда запись")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записан")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем сверено",
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
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="library.act",
                        verbose_name="чем заменён",
                    ),
                ),
            ],
            options={
                "verbose_name": "нормативный акт",
                "verbose_name_plural": "нормативные акты",
                "ordering": ("level", models.OrderBy(models.F("on"), descending=True, nulls_last=True), "pk"),
            },
        ),
        migrations.CreateModel(
            name="ActUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.BigIntegerField(verbose_name="номер объекта")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="library.act",
                        verbose_name="акт",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто связал",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="вид объекта",
                    ),
                ),
            ],
            options={
                "verbose_name": "применение акта",
                "verbose_name_plural": "применение актов",
                "ordering": ("content_type", "object_id"),
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=500, verbose_name="вопрос")),
                ("closes_on", models.DateField(verbose_name="обсуждение до")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="открыто")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыто раньше срока")),
                ("outcome", models.TextField(blank=True, max_length=5000, verbose_name="итог")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто открыл",
                    ),
                ),
            ],
            options={
                "verbose_name": "обсуждение с советом",
                "verbose_name_plural": "обсуждения с советом",
                "ordering": ("-opened_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=20000, verbose_name="комментарий")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
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
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="library.discussion",
                        verbose_name="обсуждение",
                    ),
                ),
            ],
            options={
                "verbose_name": "комментарий",
                "verbose_name_plural": "комментарии",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("concept", "концепция или программа"),
                            ("regulation", "положение о МСОКО"),
                            ("method", "методика плана или направления"),
                            ("platform", "положение о площадке или проекте"),
                            ("advice", "методические рекомендации"),
                            ("guide", "руководство по использованию результатов"),
                            ("material", "материалы"),
                        ],
                        max_length=10,
                        verbose_name="вид",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("summary", models.TextField(blank=True, max_length=2000, verbose_name="о чём")),
                ("object_id", models.BigIntegerField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записан")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector("title", config="russian", weight="A"),
                            "||",
                            django.contrib.postgres.search.SearchVector("summary", config="russian", weight="B"),
                            django.contrib.postgres.search.SearchConfig("russian"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "above",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="library.act",
                        verbose_name="региональный документ",
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
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="library.category",
                        verbose_name="рубрика",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
            ],
            options={
                "verbose_name": "документ",
                "verbose_name_plural": "документы",
                "ordering": ("kind", "title", "pk"),
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="версия")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "проект"), ("approved", "утверждена"), ("void", "утратила силу")],
                        default="draft",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("dated_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="дата текста")),
                ("text", models.TextField(blank=True, max_length=100000, verbose_name="текст")),
                ("changes", models.CharField(blank=True, max_length=500, verbose_name="что изменено")),
                ("act_text", models.CharField(blank=True, max_length=500, verbose_name="чем утверждена")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="утверждена")),
                ("voided_on", models.DateField(blank=True, null=True, verbose_name="утратила силу")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="записана")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector("text", config="russian", weight="C"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто записал",
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="library.document",
                        verbose_name="документ",
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
            ],
            options={
                "verbose_name": "версия документа",
                "verbose_name_plural": "версии документов",
                "ordering": ("document", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter", models.TextField(blank=True, max_length=5000, verbose_name="сопроводительное письмо")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="направлено")),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто направил",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="library.documentversion",
                        verbose_name="документ",
                    ),
                ),
            ],
            options={
                "verbose_name": "рассылка материалов",
                "verbose_name_plural": "рассылки материалов",
                "ordering": ("-sent_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="discussion",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discussions",
                to="library.documentversion",
                verbose_name="проект",
            ),
        ),
        migrations.CreateModel(
            name="Adaptation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="для кого")),
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
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="что иначе")),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adaptations",
                        to="library.documentversion",
                        verbose_name="версия",
                    ),
                ),
            ],
            options={
                "verbose_name": "адаптация методики",
                "verbose_name_plural": "адаптации методик",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("licensing", "лицензирование"),
                            ("accreditation", "государственная аккредитация"),
                            ("federal", "федеральный государственный контроль"),
                            ("other", "другая проверка"),
                        ],
                        max_length=13,
                        verbose_name="вид",
                    ),
                ),
                ("body", models.CharField(max_length=250, verbose_name="кто проводит")),
                ("subject", models.CharField(max_length=500, verbose_name="предмет")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                ("act_number", models.CharField(blank=True, max_length=120, verbose_name="номер и дата акта")),
                ("outcome", models.TextField(blank=True, max_length=5000, verbose_name="итог")),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "контрольное мероприятие",
                "verbose_name_plural": "контрольные мероприятия",
                "ordering": ("-starts_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("procedures", "процедуры и инструментарий оценки"),
                            ("analysis", "приёмы анализа результатов"),
                            ("teaching", "методы обучения и воспитания по результатам ВСОКО"),
                            ("support", "поддержка школ с низкими результатами"),
                        ],
                        max_length=10,
                        verbose_name="категория",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("problem", models.TextField(max_length=20000, verbose_name="проблема")),
                ("done", models.TextField(max_length=20000, verbose_name="что сделано")),
                ("effect", models.TextField(max_length=20000, verbose_name="эффект")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "предложена"),
                            ("returned", "на доработке"),
                            ("published", "в банке"),
                            ("withdrawn", "снята"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("is_open", models.BooleanField(default=False, verbose_name="видна на открытом сайте")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="предложена")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решено")),
                ("remark", models.TextField(blank=True, max_length=2000, verbose_name="замечание")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто предложил",
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
                        verbose_name="кто решил",
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "практика",
                "verbose_name_plural": "практики",
                "ordering": ("-proposed_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="PracticeAdvice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="почему подойдёт")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="ответ организации")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="ответ дан")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто ответил",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто рекомендует",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_advice",
                        to="organizations.organization",
                        verbose_name="кому рекомендована",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advice",
                        to="library.practice",
                        verbose_name="практика",
                    ),
                ),
            ],
            options={
                "verbose_name": "рекомендация практики",
                "verbose_name_plural": "рекомендации практик",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="library.documentversion",
                        verbose_name="версия",
                    ),
                ),
            ],
            options={
                "verbose_name": "прочтение",
                "verbose_name_plural": "прочтения",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="доставлено")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="прочитано")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="library.dispatch",
                        verbose_name="рассылка",
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
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
            ],
            options={
                "verbose_name": "получатель рассылки",
                "verbose_name_plural": "получатели рассылок",
                "ordering": ("dispatch", "organization"),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=20000, verbose_name="замечание")),
                ("due_on", models.DateField(verbose_name="устранить до")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "устраняется"),
                            ("answered", "ответ на проверке"),
                            ("returned", "ответ возвращён"),
                            ("closed", "устранено"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=20000, verbose_name="что сделано")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="ответ дан")),
                ("review", models.TextField(blank=True, max_length=2000, verbose_name="замечание к ответу")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="ответ рассмотрен")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="library.inspection",
                        verbose_name="мероприятие",
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
                        verbose_name="подтверждение",
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
            ],
            options={
                "verbose_name": "замечание проверки",
                "verbose_name_plural": "замечания проверок",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="механизм")),
                ("description", models.TextField(max_length=20000, verbose_name="в чём состоит")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "апробация идёт"),
                            ("spread", "распространяется"),
                            ("stopped", "прекращена"),
                        ],
                        default="running",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("result", models.TextField(blank=True, max_length=20000, verbose_name="результат")),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="почему так решено")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="решение принято")),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто решил",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trials",
                        to="indicators.direction",
                        verbose_name="направление",
                    ),
                ),
                (
                    "organizations",
                    models.ManyToManyField(
                        related_name="trials", to="organizations.organization", verbose_name="где пробуют"
                    ),
                ),
                (
                    "spread_to",
                    models.ManyToManyField(
                        blank=True,
                        related_name="spread_trials",
                        to="organizations.organization",
                        verbose_name="куда распространяется",
                    ),
                ),
            ],
            options={
                "verbose_name": "апробация механизма",
                "verbose_name_plural": "апробации механизмов",
                "ordering": ("-starts_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "за"), ("against", "против"), ("abstain", "воздерживаюсь")],
                        max_length=8,
                        verbose_name="голос",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="когда")),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="library.discussion",
                        verbose_name="обсуждение",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
            ],
            options={
                "verbose_name": "голос",
                "verbose_name_plural": "голоса",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("number", ""), _negated=True), ("on__isnull", False)),
                fields=("kind", "issuer", "number", "on"),
                name="one_act",
                violation_error_message="Акт с таким номером и датой уже есть в реестре.",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_by__isnull", True), ("checked_on__isnull", True)),
                    models.Q(("checked_by__isnull", False), ("checked_on__isnull", False)),
                    _connector="OR",
                ),
                name="act_checked_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "unconfirmed"), ("checked_on__isnull", False), _connector="OR"),
                name="act_state_is_checked",
            ),
        ),
        migrations.AddIndex(
            model_name="actuse",
            index=models.Index(fields=["content_type", "object_id"], name="act_use_subject"),
        ),
        migrations.AddConstraint(
            model_name="actuse",
            constraint=models.UniqueConstraint(fields=("act", "content_type", "object_id"), name="one_act_use"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="document_search"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["content_type", "object_id"], name="document_subject"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content_type__isnull", True), ("object_id__isnull", True)),
                    models.Q(("content_type__isnull", False), ("object_id__isnull", False)),
                    _connector="OR",
                ),
                name="document_subject_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="documentversion",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="version_search"),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="one_document_version"),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "approved")), fields=("document",), name="one_approved_document_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("file__isnull", False), _connector="OR"),
                name="document_version_has_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by__isnull", True), ("approved_on__isnull", True), ("state", "draft")),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("approved_by__isnull", False),
                        ("approved_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="document_version_approved_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), ("voided_on__isnull", False)),
                    models.Q(models.Q(("state", "void"), _negated=True), ("voided_on__isnull", True)),
                    _connector="OR",
                ),
                name="document_version_voided_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="adaptation",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("file__isnull", False), _connector="OR"),
                name="adaptation_has_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="adaptation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kinds", []), _negated=True), models.Q(("features", []), _negated=True), _connector="OR"
                ),
                name="adaptation_for_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="inspection_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "proposed"),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="practice_decided_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "withdrawn"]), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="bank_practice_returned_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_open", False), ("state", "published"), _connector="OR"),
                name="practice_open_when_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceadvice",
            constraint=models.UniqueConstraint(fields=("practice", "organization"), name="one_practice_advice"),
        ),
        migrations.AddConstraint(
            model_name="practiceadvice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="practice_advice_answered_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("version", "user"), name="one_reading"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("dispatch", "organization"), name="one_dispatch_receipt"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                    models.Q(("delivered_at__isnull", False), ("read_at__isnull", False), ("read_by__isnull", False)),
                    _connector="OR",
                ),
                name="receipt_read_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="remark_answered_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="remark_reviewed_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="remark_answered_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("review", ""), _negated=True),
                    _connector="OR",
                ),
                name="remark_returned_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="trial_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("decided_on__isnull", True), ("state", "running")),
                    models.Q(
                        models.Q(("state", "running"), _negated=True),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                        models.Q(("result", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="trial_decided_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("discussion", "member"), name="one_vote"),
        ),
    ]
