"""Pages of people of procedures."""
