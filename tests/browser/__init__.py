"""The pages in a real browser: what a person with a keyboard, a telephone, a screen reader or no JavaScript meets."""
