"""What the pages about KPIs are asked and given, one module per subject."""
