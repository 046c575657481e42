"""The guided form of a story: steps on a phone, gone on with by a link, without an account.

Whoever holds the link of a story may do what its person may. So its pages are kept nowhere, name
themselves to nobody, and their own addresses are not written on them. A form of theirs is sent to
an address that holds the secret, which no other site knows: that stands in for an Origin.
"""
