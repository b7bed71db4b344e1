"""Forms of people of procedures."""
