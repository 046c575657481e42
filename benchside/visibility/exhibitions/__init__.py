"""Exhibitions: panels made of stories and pictures, and where they hang."""
