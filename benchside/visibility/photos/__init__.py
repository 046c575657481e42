"""Photographs of technicians: sent in, checked, and shown on the wall."""
