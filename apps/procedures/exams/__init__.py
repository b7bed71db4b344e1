"""State exams: passing, means, high scores and scores below the minimum by subject, school and year."""
