"""Published lists of schools with markers of biased results: an external source, shown beside own signs."""
