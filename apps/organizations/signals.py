"""What the register tells other rooms."""

from django.dispatch import Signal

# Sent inside the transaction that merges, after the register has changed: `old` joined `new`, `by` did it. Rooms move
# what is still open at `old`, with an event of history on each thing moved; an exception undoes the merging as a whole.
merged = Signal()
