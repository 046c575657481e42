"""Competitions: entries, shortlist, judges and winners."""
