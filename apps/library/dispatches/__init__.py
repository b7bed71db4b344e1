"""Materials sent to chosen organisations, with marks of delivery and reading."""
