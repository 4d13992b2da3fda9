"""Pages about the portfolio, one module for each thing they are about."""
