"""Campaigns, their partners and their days, and the schools that join in."""
