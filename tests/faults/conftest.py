"""The small form of the collection's tests, for faults on its pages."""

from tests.collection.conftest import campaign, confirmed, form, submission, upload

__all__ = ["campaign", "confirmed", "form", "submission", "upload"]
