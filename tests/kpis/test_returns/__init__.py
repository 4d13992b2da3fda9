"""The pages of a monthly return, without scripts."""
