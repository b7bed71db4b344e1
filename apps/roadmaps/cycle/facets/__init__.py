"""What the cycle asks of a kind of object beyond what links know: signed or not, whose, with what result."""
