"""What optional modules may plug into: navigation, rules, portal panels, facts."""

from kommpass.sockets.modules import Module, NavItem, every, plug_in, rules, unplug

__all__ = ["Module", "NavItem", "every", "plug_in", "rules", "unplug"]
