"""Pages at the top of the map: what the Board opens, what it asks, and the search over everything."""
