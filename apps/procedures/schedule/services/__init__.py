"""Writes of the schedule, by subject: procedures, days of schools, people, readiness."""
