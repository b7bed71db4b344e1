"""Context: the social index, what a result would be expected to be, factors. The arithmetic knows no Django."""
