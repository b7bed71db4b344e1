"""People of procedures: observers, experts, coordinators, the public; where they are sent and what they report."""
