"""How the world reads stories: pages, cards, feeds, frames, data for programs.

Everything here is made of `shown.Told` and `shown.Card`, which are made only of public stories, so
that nothing of a story is told anywhere that its own page does not tell.
"""
