"""Conclusions: what people make of a figure. They hang on it, go to recommendations and to the annual report."""
