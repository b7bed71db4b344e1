"""Drafts that the public council discusses and votes on."""
