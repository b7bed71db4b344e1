"""Profile of an organisation on one page: context, results, signs, dynamics, what was recommended and concluded."""
