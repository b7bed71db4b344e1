"""Graduates of a school or of the municipality on one page: exams, medals, markers, career choice, olympiads."""
