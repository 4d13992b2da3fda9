"""The tables of the measurements: what they say, and when they refuse."""
