"""How fast a session at the terminal is: run it with -m."""
