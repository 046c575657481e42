"""Stories: told, checked, seen, taken back."""
