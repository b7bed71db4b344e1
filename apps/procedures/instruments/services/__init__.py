"""Writes of instruments and of what makes marking even. A refusal raises `Refused` and changes nothing."""
