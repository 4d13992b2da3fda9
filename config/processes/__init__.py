"""The processes that `demo` and `test` start beside themselves, and how they end together."""
