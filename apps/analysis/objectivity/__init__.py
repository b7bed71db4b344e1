"""Objectivity of results as evidence: signs and tests, their runs, what a school answers, preventive cases."""
