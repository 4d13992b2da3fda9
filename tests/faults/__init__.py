"""What is killed, flushed, doubled or stopped on the way to a paper or an e-mail; real workers, beat and broker."""
