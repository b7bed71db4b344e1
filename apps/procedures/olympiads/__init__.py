"""ВсОШ: stages by subject and counts by organisation and grade; never names."""
