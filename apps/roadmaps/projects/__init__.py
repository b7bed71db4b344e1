"""Innovation platforms, municipal projects and numbered project tasks: passport, members, products, monitoring."""
