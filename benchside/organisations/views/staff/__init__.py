"""Pages of the staff list: who is on it, how a file comes in, what each file changed."""
