"""The kit of a campaign day, drawn here: words in, a PDF out.

`words` says what each piece says, `press` sets it with typst, `store` keeps what was set. Drawings
are those of the careers room, one pen for the whole house.
"""
