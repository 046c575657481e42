"""Pages of competitions: for everybody, for judges, for the team."""
