"""Pages of public plans."""
