"""Meetings: collegium, meeting of heads, seminar; from the agenda to the decision that participants have read."""
