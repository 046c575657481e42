"""What of contests is personal, why it is kept and how long."""
