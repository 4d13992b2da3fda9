"""Writes of the reports app: what is due is started, written once, stored; a demonstration is prepared."""
