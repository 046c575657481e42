"""The public pages and calendars of exhibitions."""
