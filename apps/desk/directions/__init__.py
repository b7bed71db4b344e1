"""Pages of the directions: goals, figures, campaigns and causes joined."""
