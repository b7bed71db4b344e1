"""Clusters: organisations under like conditions, by rules, by hand or computed. The arithmetic knows no Django."""
