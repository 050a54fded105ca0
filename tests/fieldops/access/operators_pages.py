"""The operator's pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.fieldops.access.rows import Row, read

# Whoever is not the operator is sent to their sign-in page (302).
ADMIN = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    admin/                                   302 302 302  302 302 302 302 302  302  200
POST   admin/                                   302 302 302  302 302 302 302 302  302  200
GET    admin/login/                             200 200 200  200 200 200 200 200  200  302
POST   admin/login/                             200 200 200  200 200 200 200 200  200  200
GET    admin/logout/                            302 302 302  302 302 302 302 302  302  405
POST   admin/logout/                            302 302 302  302 302 302 302 302  302  200
GET    admin/password_change/                   302 302 302  302 302 302 302 302  302  200
POST   admin/password_change/                   302 302 302  302 302 302 302 302  302  200
GET    admin/password_change/done/              302 302 302  302 302 302 302 302  302  200
POST   admin/password_change/done/              302 302 302  302 302 302 302 302  302  405
GET    admin/autocomplete/                      302 302 302  302 302 302 302 302  302  403
POST   admin/autocomplete/                      302 302 302  302 302 302 302 302  302  405
GET    admin/jsi18n/                            302 302 302  302 302 302 302 302  302  200
POST   admin/jsi18n/                            302 302 302  302 302 302 302 302  302  405
GET    admin/r/999999/1/                        302 302 302  302 302 302 302 302  302  404
GET    admin/people/                            302 302 302  302 302 302 302 302  302  200
POST   admin/people/                            302 302 302  302 302 302 302 302  302  200
GET    admin/nowhere/                           302 302 302  302 302 302 302 302  302  404
"""

# Every model there. Business rows are only looked at: they are never written around the log.
LOOKED_AT = """
sync/replica sync/inboxentry sync/audit people/organization people/user people/member people/team people/territory
customers/customer customers/site customers/contact customers/asset customers/product customers/conflict customers/move
visits/visit visits/commitment visits/comment
needs/theme needs/need needs/tally needs/voice needs/question needs/asking needs/answer needs/joining needs/reply
tickets/ticket tickets/cause tickets/message tickets/help tickets/chip tickets/businesscalendar tickets/slapolicy
notices/notification notices/preference
"""
REMOVED = "axes/accessattempt axes/accesslog axes/accessfailurelog"  # so that a locked-out operator is let in again
CHANGED = "auth/group account/emailaddress usersessions/usersession"

# What the operator gets at a page of each of the three (302: saved, though every field there is fixed). Everybody
# else is sent to the sign-in page.
MODEL_PAGES = """
                                    LOOKED_AT REMOVED CHANGED
GET    admin/{model}/                  200      200     200
POST   admin/{model}/                  200      200     200
GET    admin/{model}/add/              403      403     200
POST   admin/{model}/add/              403      403     200
GET    admin/{model}/{id}/             302      302     302
GET    admin/{model}/{id}/change/      200      200     200
POST   admin/{model}/{id}/change/      403      302     200
GET    admin/{model}/{id}/history/     200      200     200
POST   admin/{model}/{id}/history/     200      200     200
GET    admin/{model}/{id}/delete/      403      200     200
POST   admin/{model}/{id}/delete/      403      200     200
"""
KINDS_OF_MODELS = {"LOOKED_AT": LOOKED_AT, "REMOVED": REMOVED, "CHANGED": CHANGED}
MODELS = {model: kind for kind, models in KINDS_OF_MODELS.items() for model in models.split()}


def model_rows(ids: Mapping[str, str], actors: Sequence[str]) -> list[Row]:
    """The rows of every model's pages; ``ids`` has one object of each."""
    return [
        Row(page.method, page.address.format(model=model, id=ids[model]), _operator_only(page.expected[kind], actors))
        for model, kind in MODELS.items()
        for page in read(MODEL_PAGES)
    ]


def _operator_only(code: int, actors: Sequence[str]) -> dict[str, int]:
    return {actor: code if actor == "root" else 302 for actor in actors}
