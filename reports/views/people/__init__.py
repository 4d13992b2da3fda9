"""
The pages on which administrators look after people and their roles.

They stand in this app because a person's page says what still lies with them, and only this app sees all of that.
"""
