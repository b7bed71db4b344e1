"""Matrices of any layout: a person says once what each column is, and the portal remembers it by the header."""
