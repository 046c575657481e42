"""Charters: who signed, when each stage is due, how far it has come, and the charter's own desk."""
