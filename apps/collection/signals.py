"""What the room tells the rooms above it."""

from django.dispatch import Signal

# Sent inside the transaction that begins the next version of a form: `old` is the version that it follows, `new` the
# next one, `by` who began it. Rooms carry over what hangs on a version.
versioned = Signal()
