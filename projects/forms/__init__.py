"""What the pages about the portfolio are asked and told, one module for each subject."""
