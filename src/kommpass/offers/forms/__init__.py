"""The forms of the directory, by subject."""
