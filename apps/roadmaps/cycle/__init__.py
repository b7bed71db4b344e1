"""The management cycle: nine positions of each direction, who fills them by when, and chains that are broken."""
