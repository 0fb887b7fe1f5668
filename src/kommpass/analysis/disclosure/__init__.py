"""Statistical disclosure control: which numbers must be hidden, which others with them, and what an attacker can infer.

One engine for indicators, surveys and tables of every kind. It knows cells and the sums between them, and nothing of
areas, pages or people; whatever is published passes through it.
"""
