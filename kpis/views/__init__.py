"""Pages about a contract's KPIs, one module per subject."""
