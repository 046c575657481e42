"""A class takes the quiz together: codes, tickets, counting, totals, the evidence line.

`codes`, `totals` and `worksheet` know no Django. `tickets` signs what a pupil's page carries,
`actions` and `queries` change and find, `evidence` writes the teacher's record of the lesson.
"""
