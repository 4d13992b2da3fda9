"""Who did what, when, from where, from what to what and why: kept, shown, and kept from being changed."""
