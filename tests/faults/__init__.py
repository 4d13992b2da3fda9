"""What is killed, flushed, doubled or stopped on the way to a paper; real workers, a real beat, a real broker."""
