"""Scales and lists of items of works: shipped ones, those of the municipality, and their check against real marks."""
