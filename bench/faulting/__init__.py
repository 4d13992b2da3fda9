"""What the long run of faults is made of: the processes, the papers and e-mails under way, the faults, the races."""
