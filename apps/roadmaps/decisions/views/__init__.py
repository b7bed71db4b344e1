"""Pages of decisions, by subject."""
