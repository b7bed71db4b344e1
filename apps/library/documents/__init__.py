"""Documents of the municipality: versions, adaptations, who has read them."""
