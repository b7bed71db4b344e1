"""The same work over years, and the same children a year later: by school, never by pupil."""
