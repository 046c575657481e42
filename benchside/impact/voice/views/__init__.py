"""Pages of technicians' words: their own, and the lead's."""
