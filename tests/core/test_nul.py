"""A NUL in an address: no database is asked for it, whichever it is."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/%00", "/registers/registered-technician/%00/", "/careers/roles/x%00/", "/org/%00/people/"],
)
def test_an_address_with_a_nul_leads_nowhere(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
