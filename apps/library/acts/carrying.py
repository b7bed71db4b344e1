"""The next version of a form rests on the acts of the one before; a draft that is thrown away leaves none behind."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from apps.collection.models import Form
from apps.collection.signals import versioned
from apps.core import events
from apps.library.acts.models import ActUse


@receiver(versioned, dispatch_uid="library.acts.carrying")
def carry_over(*, old: Form, new: Form, by: Any, **_: Any) -> None:
    """Inside the transaction that makes the version. Afterwards each version has its own list."""
    kind = ContentType.objects.get_for_model(Form)
    for use in ActUse.objects.filter(content_type=kind, object_id=old.pk).select_related("act"):
        _kept, is_new = ActUse.objects.get_or_create(
            act=use.act, content_type=kind, object_id=new.pk, defaults={"by": by or use.by}
        )
        if is_new:
            text = f"Перешёл на версию {new.version}: {new._meta.verbose_name} «{new}»."
            events.record(kind="library.act_carried", subject=use.act, by=by, text=text[:500])


@receiver(pre_delete, sender=Form, dispatch_uid="library.acts.forgetting")
def forget(*, instance: Form, **_: Any) -> None:
    kind = ContentType.objects.get_for_model(Form)
    ActUse.objects.filter(content_type=kind, object_id=instance.pk).delete()
