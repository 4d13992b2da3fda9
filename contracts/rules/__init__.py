"""The kernel's arithmetic: months and working days, free of Django, of settings and of the clock."""
