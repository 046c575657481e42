"""Cards for link previews: one picture per role, drawn when first asked for and then kept."""
