"""Credit: a technician's part in what was made, and who confirms it."""
