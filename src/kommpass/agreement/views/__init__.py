"""The pages of the agreement room, by subject."""
