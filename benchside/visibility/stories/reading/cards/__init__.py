"""Pictures of a story for links and posts: its photograph on a drawing sheet with its plate."""
