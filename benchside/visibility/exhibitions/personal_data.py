"""What of exhibitions is personal, why it is kept and how long."""
