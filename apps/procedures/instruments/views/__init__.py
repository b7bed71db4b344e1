"""Pages of instruments and of marking."""
