"""Practices of organisations, and mechanisms under trial."""
