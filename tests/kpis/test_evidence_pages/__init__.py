"""Evidence on the pages: added where figures are entered and relief asked for, listed where people look."""
