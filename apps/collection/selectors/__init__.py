"""Readings of the room's pages, each with a constant number of queries."""
