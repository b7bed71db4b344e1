"""Arithmetic of figures over time: is a target within reach, is it reached, where does a figure stand. No Django."""
