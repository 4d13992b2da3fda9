"""Evidence added and removed, and its folder, whatever dies on the way."""
