"""Drafts of recommendations made from signs by templates: reviewed by a person, then issued, many at once."""
