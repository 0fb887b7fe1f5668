"""The pages of the balance and of the next round, by subject."""
