"""Achievements of pupils: names stay in a workbook at the school, the portal takes counts by class, kind and level."""
