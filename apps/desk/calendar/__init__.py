"""The terms of all rooms in one calendar."""
