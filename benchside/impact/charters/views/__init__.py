"""Pages of charters: for everybody, and in the workspace."""
