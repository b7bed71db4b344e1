"""Signs of problems as plain arithmetic over counts: no Django, no database, no settings."""
