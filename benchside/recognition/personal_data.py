"""What quality marks keep of people, and why."""

from benchside.core.personal_data import declare

declare("recognition.Mark", not_personal="slug name standard about price contact is_open")
