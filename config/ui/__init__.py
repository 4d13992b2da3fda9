"""The look: everything between a frozen value and the markup a reader sees.

A leaf of the import graph: it knows Django and Jinja2, and nothing of contracts, KPIs, projects or papers. They hand it
plain strings, dates and Decimals.
"""
