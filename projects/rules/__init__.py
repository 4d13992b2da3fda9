"""The portfolio's arithmetic: slippage, confidence and what needs attention, free of Django and of the clock."""
