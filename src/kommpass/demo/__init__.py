"""The demo: invented towns that are walked through the whole house by the real actions."""
