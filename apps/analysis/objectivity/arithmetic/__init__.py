"""Signs and tests of objectivity as plain numpy over the results of one work: no Django, no database, no settings.

A school is an index; its results are compared with those of the other schools of the same work. Federal signs say
yes or no by their own rule; own tests give a probability (`p`) that an honest school shows as much, corrected for
many comparisons by `correction`.
"""
