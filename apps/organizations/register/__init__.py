"""The register as a table: read from a file, compared with what stands, applied, and written out again."""
