"""Writes of the portfolio, one module for each subject."""
