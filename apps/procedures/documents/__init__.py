"""Drafts of the documents of a procedure: templates filled from it, texts of people, DOCX."""
