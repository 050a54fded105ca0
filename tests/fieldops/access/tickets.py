"""The room of tickets: what an organization sets up, tickets with their causes, messages and calls for help."""

from __future__ import annotations

from typing import Any

from tests.fieldops.access.customers import HEARD

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    api/v1/chips/                            401 200 200  200 200 200 200 200  403  403
POST   api/v1/chips/                            401 403 403  403 403 403 201 201  403  403
GET    api/v1/chips/{category}/                 401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/chips/{category}/                 401 403 403  403 403 403 200 404  403  403
DELETE api/v1/chips/{category}/                 401 403 403  403 403 403 204 404  403  403
GET    api/v1/business_calendars/               401 200 200  200 200 200 200 200  403  403
POST   api/v1/business_calendars/               401 403 403  403 403 403 201 201  403  403
GET    api/v1/business_calendars/{calendar}/    401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/business_calendars/{calendar}/    401 403 403  403 403 403 200 404  403  403
DELETE api/v1/business_calendars/{calendar}/    401 403 403  403 403 403 204 404  403  403
GET    api/v1/sla_policies/                     401 200 200  200 200 200 200 200  403  403
POST   api/v1/sla_policies/                     401 403 403  403 403 403 201 404  403  403
GET    api/v1/sla_policies/{policy}/            401 200 404  200 200 200 200 404  403  403
PATCH  api/v1/sla_policies/{policy}/            401 403 403  403 403 403 200 404  403  403
DELETE api/v1/sla_policies/{policy}/            401 403 403  403 403 403 204 404  403  403
POST   api/v1/tickets/start/                    401 403 403  403 403 403 200 200  403  403
GET    api/v1/tickets/                          401 200 200  200 200 200 200 200  403  403
POST   api/v1/tickets/                          401 201 201  201 201 201 201 404  403  403
GET    api/v1/tickets/figures/                  401 200 200  200 200 200 200 200  403  403
GET    api/v1/tickets/{ticket}/                 401 200 404  200 200 200 200 404  403  403
GET    api/v1/tickets/{paper_ticket}/           401 404 200  404 200 200 200 404  403  403
PATCH  api/v1/tickets/{ticket}/                 401 200 404  200 200 403 200 404  403  403
PATCH  api/v1/tickets/{paper_ticket}/           401 404 200  404 200 403 200 404  403  403
GET    api/v1/tickets/{late}/timeline/          401 200 404  200 200 200 200 404  403  403
GET    api/v1/tickets/{ticket}/history/          401 200 404  200 200 200 200 404  403  403
POST   api/v1/tickets/{ticket}/take/            401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{paper_ticket}/take/      401 404 200  404 200 403 200 404  403  403
POST   api/v1/tickets/{ticket}/assign/          401 200 404  200 403 403 200 404  403  403
POST   api/v1/tickets/{ticket}/wait/            401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{waiting}/resume/         401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{ticket}/solve/           401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{solved}/reopen/          401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{solved}/close/           401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{ticket}/withdraw/        401 200 404  403 403 403 200 404  403  403
POST   api/v1/tickets/{ticket}/watch/           401 200 404  200 200 200 200 404  403  403
POST   api/v1/tickets/{waiting}/unwatch/        401 200 404  200 200 200 200 404  403  403
POST   api/v1/tickets/{ticket}/link/            401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{ticket}/unlink/          401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{ticket}/again/           401 200 404  200 200 403 200 404  403  403
POST   api/v1/tickets/{late}/acknowledge/       401 200 404  200 200 200 200 404  403  403
POST   api/v1/tickets/{doubted}/review/         401 403 404  200 403 200 200 404  403  403
GET    api/v1/causes/                           401 200 200  200 200 200 200 200  403  403
GET    api/v1/causes/{cause}/                   401 200 404  200 200 200 200 404  403  403
GET    api/v1/causes/{cause}/history/           401 200 404  200 200 200 200 404  403  403
GET    api/v1/causes/{paper_cause}/             401 404 200  404 200 200 200 404  403  403
PATCH  api/v1/causes/{cause}/                   401 200 404  200 200 403 200 404  403  403
POST   api/v1/causes/{finding}/settle/          401 200 404  200 200 403 200 404  403  403
GET    api/v1/messages/                         401 200 200  200 200 200 200 200  403  403
POST   api/v1/messages/                         401 201 201  201 201 201 201 404  403  403
GET    api/v1/messages/{message}/               401 200 404  200 200 200 200 404  403  403
GET    api/v1/messages/{paper_message}/         401 404 200  404 200 200 200 404  403  403
POST   api/v1/messages/{message}/withdraw/      401 200 404  403 403 403 403 404  403  403
GET    api/v1/helps/                            401 200 200  200 200 200 200 200  403  403
POST   api/v1/helps/                            401 201 201  201 201 201 201 404  403  403
GET    api/v1/helps/{help}/                     401 200 404  200 200 200 200 404  403  403
GET    api/v1/helps/{paper_help}/               401 404 200  404 200 200 200 404  403  403
POST   api/v1/helps/{help}/answer/              401 200 404  200 200 200 200 404  403  403
POST   api/v1/helps/{help}/withdraw/            401 200 404  403 403 403 403 404  403  403
"""

BODIES: dict[str, dict[str, Any]] = {
    "POST api/v1/chips/": {"id": "{new}", "sort": "fix", "name": "Oiled"},
    "PATCH api/v1/chips/{category}/": {"name": "Drips"},
    "POST api/v1/business_calendars/": {"id": "{new}", "name": "Weekdays", "slots": [[0, 540, 720], [0, 780, 1080]]},
    "PATCH api/v1/business_calendars/{calendar}/": {"name": "Weekdays"},
    "POST api/v1/sla_policies/": {
        "id": "{new}",
        "calendar": "{calendar}",
        "customer": "{steel}",
        "response_minutes": 60,
    },
    "PATCH api/v1/sla_policies/{policy}/": {"calendar": "{calendar}", "response_minutes": 30},
    "POST api/v1/tickets/": {
        "ticket": "{new}",
        "text": "It leaks",
        "asset": "{press}",
        "visit": "{visit}",
        "category": "{category}",
        "assignee": "{ben}",
        "part_of": "{waiting}",
        "again": "{cause}",
        **HEARD,
    },
    "PATCH api/v1/tickets/{ticket}/": {
        "text": "It leaks badly",
        "site": "{gate}",
        "asset": "{press}",
        "contact": "{park}",
        "product": "{pump}",
        "category": "{category}",
        "part_of": "{waiting}",
        "cause_chip": "{worn}",
        "fix_chip": "{seal}",
    },
    "PATCH api/v1/tickets/{paper_ticket}/": {"text": "It jams badly"},
    "POST api/v1/tickets/{ticket}/assign/": {"assignee": "{ben}"},
    "POST api/v1/tickets/{ticket}/wait/": {"waits_for": "parts"},
    "POST api/v1/tickets/{ticket}/solve/": {"cause_chip": "{worn}", "fix_chip": "{seal}", "visit": "{visit}"},
    "POST api/v1/tickets/{solved}/close/": {"cause": "{new}", "chip": "{worn}", "countermeasure": "A new seal yearly"},
    "POST api/v1/tickets/{ticket}/link/": {"other": "{solved}"},
    "POST api/v1/tickets/{ticket}/unlink/": {"other": "{waiting}"},
    "POST api/v1/tickets/{ticket}/again/": {"cause": "{cause}"},
    "POST api/v1/tickets/{doubted}/review/": {"step": "{doubted_step}", "review": "server"},
    "PATCH api/v1/causes/{cause}/": {"chip": "{worn}", "text": "The shaft was bent"},
    "POST api/v1/causes/{finding}/settle/": {"chip": "{worn}", "countermeasure": "A new seal every year"},
    "POST api/v1/messages/": {"message": "{new}", "ticket": "{ticket}", "audience": "customer", "text": "Tomorrow"},
    "POST api/v1/helps/": {"help": "{new}", "ticket": "{ticket}", "engineer": "{jun}", "text": "Which seal?"},
    "POST api/v1/helps/{help}/answer/": {"answer": "The blue one"},
}
