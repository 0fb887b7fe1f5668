"""The pages of the implementation: overview, rounds, answering, one measure, goals."""
