"""Forms of the room, a file a subject."""
