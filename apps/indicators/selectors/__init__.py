"""Readings of pages: the tree of a pack, one indicator, the explanation of a figure."""
