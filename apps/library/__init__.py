"""The library: normative acts, documents with versions, practices, what the public council and inspectors say."""
