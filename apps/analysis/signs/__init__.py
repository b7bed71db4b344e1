"""Signs of problems: arithmetic (`share`, `judging`), kinds, what they read (`inputs`), the yearly list."""
