"""Credentials anyone can check: Open Badges 3.0 on W3C Verifiable Credentials 2.0.

The thinking of the part `credentials`, with plain values in and out: no Django, no database, no
network. `badge` writes a credential, `signing` signs it, `verifying` checks one, `status_list`
keeps what was revoked, `baking` puts one into a picture, `did` and `keys` say whose key it was.
"""
