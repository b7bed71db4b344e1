"""Before and after of addressed organisations against similar ones. numpy and scipy only, no Django.

`matching` finds for every addressed organisation the similar ones, `estimate` compares the changes, `intervals` says
how sure the difference is, `least` which effect could be seen at all.
"""
