"""The life of a paper: signed, frozen, published, withdrawn, removed; and who and what keeps it as it was."""
