"""Reading of result files: pure Python over rows of cells, no Django, names of pupils never kept."""
