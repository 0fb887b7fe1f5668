"""The lists of the interface: each gives a part of itself, in an order that stays while one turns the pages."""
