"""Measures: `make bench` prints one JSON line each, `make bench ONLY=X1` picks one.

A module of this folder named `measure_*.py` registers its measures; see `measure_example.py` for the form.
Each is a ratio of two things done in one run, interleaved, so that a busy machine does not decide.
"""
