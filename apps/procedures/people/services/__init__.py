"""Writes of people, assignments, acts and sheets. A refusal raises `Refused` and changes nothing."""
