"""Pages of meetings: the authority's, those of the invited, the task sheet of the phones."""
