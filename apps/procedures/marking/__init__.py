"""Internal marks against external results: by school and subject."""
