"""HSDS in its tabular form: which fields it has, and its tables with everything nested."""
