"""Stickers, posters and badges by post: what there is, who asks for it, what goes out."""
