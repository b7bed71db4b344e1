"""The result of a school's work as a paper: the same readings and charts as the pages, typeset by a worker."""
