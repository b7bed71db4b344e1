"""The report on self-examination: what its sections are, which way it goes, how it is printed. No requests here."""
