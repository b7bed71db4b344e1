"""The evidence file: everything of the management cycle in one archive, with gaps and broken chains said."""
