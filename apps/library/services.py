"""What other rooms write in the library."""

from apps.library.acts.services import attach_act, create_act, detach_act
from apps.library.documents.services import add_version, approve_version, create_document

__all__ = ["add_version", "approve_version", "attach_act", "create_act", "create_document", "detach_act"]
