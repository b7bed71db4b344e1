"""What the portal tells people: lines of the inbox, and one letter a person and day that carries them.

A room calls `tell` where it once would have sent a letter::

    notices.tell(users=people, key=f"roadmaps.issued:{pk}", title="…", url=…, due_on=…)
"""

from apps.core.notices.services import Line, remind, remind_all, settle, tell, tell_all

__all__ = ["Line", "remind", "remind_all", "settle", "tell", "tell_all"]
