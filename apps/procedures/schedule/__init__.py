"""The single schedule: procedures of the year, days of schools, people, readiness, participation."""
