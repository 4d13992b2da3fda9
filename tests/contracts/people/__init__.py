"""Looking after people."""
