"""What a measure is expected to change, and what it changed: the addressed against similar organisations."""

PRINT = "roadmaps.print_effect"
