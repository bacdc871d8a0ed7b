"""The terminal UI: no SQL and no tagging, only what is shown and which key does what."""
