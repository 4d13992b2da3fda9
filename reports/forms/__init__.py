"""What people type into the pages about papers and meetings."""
