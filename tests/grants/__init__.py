"""Under the grants of its own role the application does all its work, and cannot change the audit. On PostgreSQL."""
