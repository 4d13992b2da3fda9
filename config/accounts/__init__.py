"""How people get in: by password with a second factor, by a code for members, or through the council's own sign-in."""
