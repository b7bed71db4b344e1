"""Models of the library; each subject keeps its own in a package, Django finds them here."""

from apps.library.acts.models import Act, ActUse
from apps.library.council.models import Comment, Discussion, Vote
from apps.library.dispatches.models import Dispatch, Receipt
from apps.library.documents.models import Adaptation, Category, Document, DocumentVersion, Reading
from apps.library.inspections.models import Inspection, Remark
from apps.library.practices.models import Practice, PracticeAdvice, Trial

__all__ = [
    "Act",
    "ActUse",
    "Adaptation",
    "Category",
    "Comment",
    "Discussion",
    "Dispatch",
    "Document",
    "DocumentVersion",
    "Inspection",
    "Practice",
    "PracticeAdvice",
    "Reading",
    "Receipt",
    "Remark",
    "Trial",
    "Vote",
]
