"""Writes of projects. A refusal raises `Refused` with all faults at once and changes nothing."""
