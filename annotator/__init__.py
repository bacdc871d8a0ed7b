"""Split news articles into claims, see who says what, and judge each claim in the terminal."""

__version__ = "0.1.0"
