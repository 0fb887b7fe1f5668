"""The counter for other programs."""
