"""Raising disputes, answering them, taking them back."""
