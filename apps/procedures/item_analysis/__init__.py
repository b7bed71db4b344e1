"""Items of a work in a school and in the municipality: intervals, discrimination, groups by marks, deficits."""
