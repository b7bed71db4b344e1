"""Pages of the bank of practices and of trials."""
