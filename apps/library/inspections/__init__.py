"""Licensing, accreditation, federal control: events and remarks with the term to mend them."""
