"""What the pages of documents read."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, Exists, Model, OuterRef, Q

from apps.accounts.models import User
from apps.library.documents.models import Adaptation, Document, DocumentQuerySet, DocumentVersion, Reading
from apps.organizations.models import Feature, Kind, Organization

State = DocumentVersion.State
_KINDS, _FEATURES = dict(Kind.choices), dict(Feature.choices)


def found_by(documents: DocumentQuerySet, text: str, user: User) -> DocumentQuerySet:
    """Those whose title, summary or text the person may read has the words in any form; the title weighs most."""
    query = SearchQuery(text.replace("\x00", ""), config="russian", search_type="websearch")
    versions = DocumentVersion.objects.visible_to(user).filter(document=OuterRef("pk")).exclude(state=State.VOID)
    matching = documents.filter(Q(search=query) | Exists(versions.filter(search=query)))
    return matching.annotate(rank=SearchRank("search", query)).order_by("-rank", "title", "pk")


@dataclass(frozen=True)
class Fitting:
    """An adaptation with whom it is for."""

    adaptation: Adaptation
    whom: str
    organizations: int  # how many of the open ones it fits


@dataclass(frozen=True)
class Readers:
    """An organisation and who of it has opened a version."""

    organization: Organization
    readings: list[Reading]


@dataclass(frozen=True)
class Page:
    """A document as the person may see it."""

    document: Document
    version: DocumentVersion
    versions: list[DocumentVersion]
    fitting: list[Fitting] = field(default_factory=list)
    read_by: int = 0  # organisations

    @property
    def is_current(self) -> bool:
        return self.version.state == State.APPROVED

    @property
    def lacks_regional(self) -> bool:
        return self.document.kind == Document.Kind.REGULATION and self.document.above_id is None


def whom(adaptation: Adaptation) -> str:
    """«школы; сельская»: kinds, then features."""
    kinds = ", ".join(str(_KINDS[kind]) for kind in adaptation.kinds)
    features = " или ".join(str(_FEATURES[feature]) for feature in adaptation.features)
    return "; ".join(part for part in (kinds, features) if part)


def page_of(document: Document, user: User, version: DocumentVersion | None = None) -> Page | None:
    """The chosen version, or the one in force, or the newest that the person may see. None when there is none."""
    versions = list(
        DocumentVersion.objects.visible_to(user)
        .filter(document=document)
        .defer("search", "text")
        .select_related("author", "file")
    )
    if not versions:
        return None
    chosen = version or next((each for each in versions if each.state == State.APPROVED), versions[0])
    readers = Reading.objects.filter(version=chosen).aggregate(count=Count("organization", distinct=True))["count"]
    return Page(document, chosen, versions, _fitting(chosen, user), readers)


def _fitting(version: DocumentVersion, user: User) -> list[Fitting]:
    """A school gets those that fit it, the narrower first; the authority all, with how many each fits."""
    adaptations = list(version.adaptations.select_related("file"))
    own = user.organization if user.is_school else None
    if own:
        mine = [each for each in adaptations if each.fits(own)]
        mine.sort(key=lambda each: -len([part for part in (each.kinds, each.features) if part]))
        return [Fitting(each, whom(each), 1) for each in mine]
    everybody = list(Organization.objects.educational().active()) if adaptations else []
    return [Fitting(each, whom(each), sum(each.fits(one) for one in everybody)) for each in adaptations]


def readers_of(version: DocumentVersion) -> tuple[list[Readers], list[Organization]]:
    """Organisations with their readers, and those where nobody has opened the version yet."""
    by_place: dict[int, list[Reading]] = {}
    for reading in version.readings.select_related("user"):
        by_place.setdefault(reading.organization_id, []).append(reading)
    organizations = list(Organization.objects.educational().active())
    have = [Readers(each, by_place[each.pk]) for each in organizations if each.pk in by_place]
    return have, [each for each in organizations if each.pk not in by_place]


def documents_of(subject: Model, user: Any) -> list[Document]:
    """Documents that regulate an object, with `current` and `newest` version of each that the person may see."""
    kind = ContentType.objects.get_for_model(subject)
    found = list(Document.objects.visible_to(user).filter(content_type=kind, object_id=subject.pk))
    return with_versions(found, user)


def with_versions(documents: list[Document], user: Any) -> list[Document]:
    """The same documents; each gets `shown`, the version in force or else the newest that the person may see."""
    visible = DocumentVersion.objects.visible_to(user).filter(document__in=documents).defer("search", "text")
    by_document: dict[int, list[DocumentVersion]] = {}
    for version in visible.order_by("-number"):
        by_document.setdefault(version.document_id, []).append(version)
    for document in documents:
        versions = by_document.get(document.pk, [])
        approved = [each for each in versions if each.state == State.APPROVED]
        document.shown = next(iter(approved or versions), None)  # type: ignore[attr-defined]
    return documents
