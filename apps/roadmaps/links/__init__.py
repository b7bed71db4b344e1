"""What rests on what: the chain from a finding to a decision and its effect."""
