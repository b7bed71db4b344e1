"""Figures of the region and the country from a file: read, planned, then written exactly as planned."""
