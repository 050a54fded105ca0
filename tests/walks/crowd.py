"""Many members of one organization, signed in, for tests that need a crowd. Runs inside the installation."""

from __future__ import annotations

import json

from core import tenancy
from tests import factories as make
from tests.asgi import sign_in


def gather(reps: int, readers: int) -> str:
    """One territory with a customer, that many reps and executives. Returns their sessions as JSON."""
    organization = make.organization("Crowd")
    with tenancy.acting_in(organization.pk):
        territory = make.territory("Everywhere")
        customer = make.customer(territory, "Busy")
        pushing = [make.member(territories=[territory]) for _ in range(reps)]
        reading = [make.member(role="executive", job="management") for _ in range(readers)]
        return json.dumps(
            {
                "customer": str(customer.pk),
                "reps": [sign_in(member.user) for member in pushing],
                "readers": [sign_in(member.user) for member in reading],
            }
        )
