"""How a KPI is judged: figures, statuses, relief and counts, as pure functions."""
