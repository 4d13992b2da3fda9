"""Measurements of what the product costs, side by side with yardsticks: see `run.py`."""
