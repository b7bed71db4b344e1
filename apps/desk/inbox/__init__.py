"""What the portal has told a person."""
