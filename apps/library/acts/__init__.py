"""Normative acts and what rests on them."""
