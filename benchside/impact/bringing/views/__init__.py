"""Pages of a plan brought in from a file."""
