"""Printed documents: the little markup of texts, and the typesetting of HTML as a tagged PDF."""
