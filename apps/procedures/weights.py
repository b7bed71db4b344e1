"""What an installation may set about the measures of results."""

from django.conf import settings

from apps.procedures.statistics.measures import DEFAULT_WEIGHTS


def sou_weights() -> tuple[int, ...]:
    """Weights of the marks 2, 3, 4, 5 in СОУ: the installation's, else those of Simonov."""
    return tuple(getattr(settings, "SOU_WEIGHTS", None) or DEFAULT_WEIGHTS)
