"""Writes about KPIs and their months that take more than one step: atomic, audited."""
