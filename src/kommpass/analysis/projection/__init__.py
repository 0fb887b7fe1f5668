"""Population projection by area and age: from past years to people, their spread, and the places they need.

Plain arrays everywhere: years first, then areas, then age groups. The town is projected by `cohort_component`, its
areas by `hamilton_perry` (age groups of one width) or `group_change` (age groups of any width), both made to add up to
the town. A projection is shown only after it was tried on the town's own past (`backtest`), and with its interval
(`intervals`).
"""
