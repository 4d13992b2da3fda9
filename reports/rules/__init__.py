"""What a paper says: its review period, its exceptions and its headline, as pure functions."""
