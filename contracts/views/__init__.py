"""Pages of the kernel: the front door, and the messages that were sent."""
