"""What makes marking even: instruments, agreed requirements, internal checks, analyses, explanatory events."""
