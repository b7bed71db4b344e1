"""The name of an object in a form that stands on any page, signed: nobody binds what the page did not offer."""

from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Model

_SALT = "library.subject"


def token_of(subject: Model, back: str) -> str:
    """`back` is the address that the form returns to; it is signed, so that it leads nowhere else."""
    kind = ContentType.objects.get_for_model(subject)
    return signing.dumps({"kind": kind.pk, "pk": subject.pk, "back": back}, salt=_SALT)


def subject_in(token: str) -> tuple[Model, str]:
    """The object and the address to return to. Raises BadSignature for anything that the portal did not sign."""
    content = signing.loads(token, salt=_SALT)
    model = ContentType.objects.get_for_id(content["kind"]).model_class()
    subject = model._default_manager.filter(pk=content["pk"]).first() if model else None
    if subject is None:
        raise signing.BadSignature("the object is gone")
    return subject, str(content["back"])
