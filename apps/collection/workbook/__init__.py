"""The workbook of a form: made for one organisation, read back by keys and never by position."""

from apps.collection.workbook.identity import Identity
from apps.collection.workbook.reading import Reading, read_filled
from apps.collection.workbook.writing import Filling, write_workbook

__all__ = ["Filling", "Identity", "Reading", "read_filled", "write_workbook"]
