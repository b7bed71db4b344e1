"""Forms of meetings: what was typed becomes plans, agenda, people, protocol."""
