"""Registers of orders, protocols and decisions: items, lines of execution, control, extensions, approval."""
