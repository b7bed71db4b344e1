"""Pages of the room «indicators»."""
