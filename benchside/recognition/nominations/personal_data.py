"""What this part keeps of people, and why."""
