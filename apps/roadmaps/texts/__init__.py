"""Texts of recommendations with placeholders, and the figures that fill them for each organisation."""
