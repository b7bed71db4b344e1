"""Methodical support: what is done for a school because of a conclusion, and what a year later shows."""
