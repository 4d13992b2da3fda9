"""The laws of the house and the reading of the code that they need; tests/test_architecture.py applies them."""
