"""The register of organisations and its history. An organisation is never deleted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Replace
from django.urls import reverse
from django.utils import timezone

from apps.organizations.querysets import OrganizationQuerySet


class Kind(models.TextChoices):
    SCHOOL = "school", "школа"
    KINDERGARTEN = "kindergarten", "детский сад"
    ADDITIONAL = "additional", "организация дополнительного образования"
    AUTHORITY = "authority", "орган управления образованием"


class Programme(models.TextChoices):
    """A level of education that an organisation delivers; forms are chosen by it, not by the kind."""

    PRESCHOOL = "preschool", "дошкольное образование"
    PRIMARY = "primary", "начальное общее образование"
    BASIC = "basic", "основное общее образование"
    SECONDARY = "secondary", "среднее общее образование"
    ADDITIONAL = "additional", "дополнительное образование"


class Locality(models.TextChoices):
    URBAN = "urban", "город"
    RURAL = "rural", "село"


class Feature(models.TextChoices):
    """What is special about an organisation: rows that do not concern it are not asked.

    The last two follow from its locality and are not kept apart.
    """

    SMALL = "small", "малокомплектная"
    LARGE = "large", "крупная: 1000 обучающихся и больше"
    BOARDING = "boarding", "есть интернат"
    OVZ_CLASSES = "ovz_classes", "есть отдельные классы или группы для детей с ОВЗ"
    OVZ_INCLUSION = "ovz_inclusion", "дети с ОВЗ учатся в общих классах и группах"
    SECOND_SHIFT = "second_shift", "занятия во вторую смену"
    PROFILE = "profile", "профильное или углублённое обучение"
    DISTANCE = "distance", "дистанционное обучение"
    URBAN = "urban", "городская"
    RURAL = "rural", "сельская"


KEPT_FEATURES = tuple(choice for choice in Feature.choices if choice[0] not in {Feature.URBAN, Feature.RURAL})


class Organization(models.Model):
    """A school, kindergarten, organisation of additional education, or the authority itself.

    `code` is our own, short and immutable: it stands in URLs, workbooks and commands.
    """

    code = models.SlugField("код", max_length=40, unique=True)
    kind = models.CharField("вид", max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField("номер", null=True, blank=True)
    name = models.CharField("краткое название", max_length=200)
    full_name = models.CharField("полное название", max_length=500, blank=True)
    programmes = ArrayField(
        models.CharField(max_length=12, choices=Programme.choices), verbose_name="программы", default=list, blank=True
    )
    locality = models.CharField("местность", max_length=8, choices=Locality.choices, default=Locality.URBAN)
    features = ArrayField(
        models.CharField(max_length=16, choices=Feature.choices), verbose_name="особенности", default=list, blank=True
    )
    settlement = models.CharField("населённый пункт", max_length=120, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    head_name = models.CharField("руководитель", max_length=150, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("почта", blank=True)
    website = models.URLField("сайт", blank=True)
    opened_on = models.DateField("открыта", null=True, blank=True)
    closed_on = models.DateField("закрыта", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="правопреемник"
    )
    # People sort «ё» beside «е» and «Школа № 2» before «Школа № 10»; the database has no Russian collation.
    name_key = models.GeneratedField(
        expression=Replace(Lower("name"), Value("ё"), Value("е")),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ("-kind", "number", "name_key")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="organization_days_in_order",
                violation_error_message="Дата закрытия раньше даты открытия.",
            ),
            models.UniqueConstraint(fields=("kind",), condition=Q(kind="authority"), name="one_authority"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:detail", args=[self.code])

    @property
    def all_features(self) -> set[str]:
        """Those that are kept, and those that follow from the register."""
        return {*self.features, self.locality}

    @property
    def disclosure_url(self) -> str:
        """«Сведения об образовательной организации» on its own site: the address of that section is fixed by law."""
        return f"{self.website.rstrip('/')}/sveden/" if self.website else ""

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None and self.closed_on <= timezone.localdate()


class Site(models.Model):
    """A place where an organisation works: main building, branch, another building."""

    class Kind(models.TextChoices):
        MAIN = "main", "основное здание"
        BRANCH = "branch", "филиал"
        BUILDING = "building", "корпус"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="sites", verbose_name="организация")
    kind = models.CharField("вид", max_length=8, choices=Kind.choices, default=Kind.MAIN)
    name = models.CharField("название", max_length=200)
    address = models.CharField("адрес", max_length=300, blank=True)

    class Meta:
        verbose_name = "площадка"
        verbose_name_plural = "площадки"
        ordering = ("organization", "kind", "name")

    def __str__(self) -> str:
        return self.name


class ExternalId(models.Model):
    """How another system calls the organisation, for a stretch of time."""

    class System(models.TextChoices):
        FIS_OKO = "fis_oko", "ФИС ОКО"
        RIS_GIA9 = "ris_gia9", "РИС ГИА-9"
        RIS_GIA11 = "ris_gia11", "РИС ГИА-11"
        MSU = "msu", "код МСУ"
        INN = "inn", "ИНН"
        OGRN = "ogrn", "ОГРН"
        OKPO = "okpo", "ОКПО"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="external_ids")
    system = models.CharField("система", max_length=12, choices=System.choices)
    # Of a ФИС ОКО login (`sch224085`, later `edu224085`) the digits are the key and the prefix an attribute.
    value = models.CharField("код", max_length=40)
    prefix = models.CharField("приставка", max_length=8, blank=True)
    valid_from = models.DateField("действует с", null=True, blank=True)
    valid_to = models.DateField("действует по", null=True, blank=True)

    class Meta:
        verbose_name = "внешний код"
        verbose_name_plural = "внешние коды"
        constraints = [
            models.UniqueConstraint(
                fields=("system", "value"), condition=Q(valid_to__isnull=True), name="one_current_external_id"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()}: {self.prefix}{self.value}"


class OrganizationEvent(models.Model):
    """A dated change of the network: opened, renamed, merged, split, closed."""

    class Kind(models.TextChoices):
        OPENED = "opened", "открыта"
        RENAMED = "renamed", "переименована"
        MERGED = "merged", "присоединена"
        SPLIT = "split", "разделена"
        CLOSED = "closed", "закрыта"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="events")
    kind = models.CharField("событие", max_length=8, choices=Kind.choices)
    on = models.DateField("дата")
    other = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("пояснение", max_length=300, blank=True)

    class Meta:
        verbose_name = "событие организации"
        verbose_name_plural = "события организаций"
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.get_kind_display()}"


class Group(models.Model):
    """A named set of organisations: by hand, by rule or a cluster. Aggregates are counted for each."""

    class Kind(models.TextChoices):
        HAND = "hand", "по списку"
        RULE = "rule", "по правилу"
        CLUSTER = "cluster", "похожие организации (кластер)"

    kind = models.CharField("как составлена", max_length=8, choices=Kind.choices, default=Kind.HAND)
    code = models.SlugField("код", max_length=40, unique=True)
    name = models.CharField("название", max_length=120)
    description = models.CharField("пояснение", max_length=300, blank=True)
    organizations = models.ManyToManyField(Organization, related_name="groups", blank=True, verbose_name="организации")

    class Meta:
        verbose_name = "группа организаций"
        verbose_name_plural = "группы организаций"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
