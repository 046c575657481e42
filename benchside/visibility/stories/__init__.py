"""Stories: what technicians tell of their work, and their consent to it."""
