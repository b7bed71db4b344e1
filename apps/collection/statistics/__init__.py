"""Forms of federal statistics that organisations have filled anyway: which cells are read and what they mean."""
