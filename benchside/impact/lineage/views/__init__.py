"""Pages of plans that follow one another."""
