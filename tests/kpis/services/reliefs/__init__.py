"""Tests of the services of relief: what they write, what they refuse, and two at once."""
