"""Search over everything: one inverted index in the database, the same on every database.

    documents.py   what a room hands in, and the weight of each word in it
    tokenise.py    text into words and stems
    spell.py       the nearest word known, as a child would have meant it
    thesaurus.py   what people call things: words to leave out, same words, ways of asking
    understand.py  a query into units of meaning
    rank.py        which document answers it best, and why, in plain words
    sources.py     the rooms that have something to be found
    index.py       writing
    query.py       asking

All but the last three know nothing of Django. Weights are whole numbers, so that two databases
add them up to the same score.
"""
