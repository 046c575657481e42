"""What of credit is personal, why it is kept and how long."""
