"""The campaign team's pages at the desk; to everybody else there are none."""
