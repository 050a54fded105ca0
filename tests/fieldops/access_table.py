"""Who gets what at every address. A new address, or a new method of one, needs a row here.

A row is: method, address, and the status for each column. An address or a body names rows of the scene in braces;
``{new}`` is an id that is free. Bodies stand in BODIES; what has none sends ``{}``. 404 is how a row that is not
seen is answered, exactly as one that does not exist. Every method without a row is refused to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    api/v1/csrf/                             200 200 200  200 200 200 200 200  200  200
GET    api/v1/me/                               401 200 200  200 200 200 200 200  403  403
PATCH  api/v1/me/                               401 200 200  200 200 200 200 200  403  403
GET    api/v1/freshness/                        401 403 403  200 403 200 200 200  403  403
GET    api/v1/schema/                           401 200 200  200 200 200 200 200  403  403
GET    api/v1/docs/                             401 200 200  200 200 200 200 200  403  403

GET    api/v1/organizations/                    401 200 200  200 200 200 200 200  403  403
GET    api/v1/organizations/{organization}/     401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/organizations/{organization}/     401 403 403  403 403 403 200 404  403  403
GET    api/v1/members/                          401 200 200  200 200 200 200 200  403  403
POST   api/v1/members/                          401 403 403  403 403 403 201 404  403  403
GET    api/v1/members/{ben}/                    401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/members/{ben}/                    401 403 403  403 403 403 200 404  403  403
GET    api/v1/teams/                            401 200 200  200 200 200 200 200  403  403
POST   api/v1/teams/                            401 403 403  403 403 403 201 404  403  403
GET    api/v1/teams/{team}/                     401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/teams/{team}/                     401 403 403  403 403 403 200 404  403  403
GET    api/v1/territories/                      401 200 200  200 200 200 200 200  403  403
POST   api/v1/territories/                      401 403 403  403 403 403 201 201  403  403
GET    api/v1/territories/{north}/              401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/territories/{north}/              401 403 403  403 403 403 200 404  403  403

GET    api/v1/products/                         401 200 200  200 200 200 200 200  403  403
POST   api/v1/products/                         401 403 403  403 403 403 201 201  403  403
GET    api/v1/products/{pump}/                  401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/products/{pump}/                  401 403 403  403 403 403 200 404  403  403
DELETE api/v1/products/{pump}/                  401 403 403  403 403 403 204 404  403  403
POST   api/v1/products/{removed_product}/restore/   401 403 403 403 403 403 200 404 403 403

GET    api/v1/customers/                        401 200 200  200 200 200 200 200  403  403
POST   api/v1/customers/                        401 201 403  201 403 403 201 404  403  403
GET    api/v1/customers/{steel}/                401 200 404  200 200 200 200 404  403  403
GET    api/v1/customers/{paper}/                401 404 200  404 200 200 200 404  403  403
PATCH  api/v1/customers/{steel}/                401 200 404  200 403 403 200 404  403  403
PATCH  api/v1/customers/{paper}/                401 404 200  404 403 403 200 404  403  403
DELETE api/v1/customers/{steel}/                401 204 404  204 403 403 204 404  403  403
POST   api/v1/customers/{removed_customer}/restore/ 401 200 404 200 403 403 200 404 403 403
GET    api/v1/sites/                            401 200 200  200 200 200 200 200  403  403
POST   api/v1/sites/                            401 201 404  201 403 403 201 404  403  403
GET    api/v1/sites/{gate}/                     401 200 404  200 200 200 200 404  403  403
PATCH  api/v1/sites/{gate}/                     401 200 404  200 403 403 200 404  403  403
PATCH  api/v1/sites/{paper_mill}/               401 404 200  404 403 403 200 404  403  403
DELETE api/v1/sites/{gate}/                     401 204 404  204 403 403 204 404  403  403
POST   api/v1/sites/{removed_site}/restore/     401 200 404  200 403 403 200 404  403  403
GET    api/v1/contacts/                         401 200 200  200 200 200 200 200  403  403
POST   api/v1/contacts/                         401 201 404  201 403 403 201 404  403  403
GET    api/v1/contacts/{park}/                  401 200 404  200 200 200 200 404  403  403
PATCH  api/v1/contacts/{park}/                  401 200 404  200 403 403 200 404  403  403
PATCH  api/v1/contacts/{paper_contact}/         401 404 200  404 403 403 200 404  403  403
DELETE api/v1/contacts/{park}/                  401 204 404  204 403 403 204 404  403  403
POST   api/v1/contacts/{removed_contact}/restore/   401 200 404 200 403 403 200 404 403 403
GET    api/v1/assets/                           401 200 200  200 200 200 200 200  403  403
POST   api/v1/assets/                           401 201 404  201 403 403 201 404  403  403
GET    api/v1/assets/{press}/                   401 200 404  200 200 200 200 404  403  403
PATCH  api/v1/assets/{press}/                   401 200 404  200 403 403 200 404  403  403
PATCH  api/v1/assets/{paper_asset}/             401 404 200  404 403 403 200 404  403  403
DELETE api/v1/assets/{press}/                   401 204 404  204 403 403 204 404  403  403
POST   api/v1/assets/{removed_asset}/restore/   401 200 404  200 403 403 200 404  403  403
GET    api/v1/customers/{steel}/history/        401 200 404  200 200 200 200 404  403  403
GET    api/v1/sites/{gate}/history/             401 200 404  200 200 200 200 404  403  403
GET    api/v1/contacts/{park}/history/          401 200 404  200 200 200 200 404  403  403
GET    api/v1/assets/{press}/history/           401 200 404  200 200 200 200 404  403  403
GET    api/v1/conflicts/                        401 200 200  200 200 200 200 200  403  403
GET    api/v1/conflicts/{conflict}/             401 200 404  200 200 200 200 404  403  403
GET    api/v1/conflicts/{paper_conflict}/       401 404 200  404 200 200 200 404  403  403
POST   api/v1/conflicts/{conflict}/resolve/     401 200 404  200 403 403 200 404  403  403
GET    api/v1/moves/                            401 200 200  200 200 200 200 200  403  403
POST   api/v1/moves/                            401 403 403  403 403 403 201 404  403  403
GET    api/v1/moves/{move}/                     401 200 200  200 200 200 200 404  403  403

GET    api/v1/parked/                           401 403 403  200 403 403 200 200  403  403
POST   api/v1/parked/{parked}/retry/            401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/{parked}/return/           401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/{parked}/discard/          401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/{parked}/apply/            401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/import/                    401 403 403  403 403 403 200 404  403  403
GET    api/v1/phones/                           401 200 200  200 200 200 200 200  403  403
POST   api/v1/phones/{phone}/revoke/            401 200 404  200 404 404 200 404  403  403
POST   api/v1/phones/{phone}/accept/            401 403 403  200 403 403 200 404  403  403

GET    api/v1/visits/                           401 200 200  200 200 200 200 200  403  403
POST   api/v1/visits/                           401 201 201  201 201 201 201 404  403  403
GET    api/v1/visits/{visit}/                   401 200 404  200 200 200 200 404  403  403
GET    api/v1/visits/{paper_visit}/             401 404 200  404 200 200 200 404  403  403
GET    api/v1/visits/{arrived}/position/        401 200 404  200 200 200 200 404  403  403
POST   api/v1/visits/{planned}/cancel/          401 200 404  403 403 403 403 404  403  403
POST   api/v1/visits/{planned}/arrive/          401 200 404  403 403 403 403 404  403  403
POST   api/v1/visits/{planned}/log/             401 200 404  403 403 403 403 404  403  403
POST   api/v1/visits/{new}/arrive/              401 200 200  200 200 200 200 404  403  403
POST   api/v1/visits/{new}/log/                 401 200 200  200 200 200 200 404  403  403
POST   api/v1/visits/{visit}/amend/             401 200 404  403 403 403 403 404  403  403
POST   api/v1/visits/{visit}/withdraw/          401 200 404  403 403 403 403 404  403  403
POST   api/v1/visits/{paper_visit}/withdraw/    401 404 200  404 403 403 403 404  403  403
GET    api/v1/commitments/                      401 200 200  200 200 200 200 200  403  403
POST   api/v1/commitments/                      401 201 201  201 201 201 201 404  403  403
GET    api/v1/commitments/{promise}/            401 200 404  200 200 200 200 404  403  403
POST   api/v1/commitments/{promise}/keep/       401 200 404  403 403 403 200 404  403  403
POST   api/v1/commitments/{promise}/move/       401 200 404  403 403 403 200 404  403  403
POST   api/v1/commitments/{paper_promise}/keep/ 401 404 200  404 403 403 200 404  403  403
GET    api/v1/comments/                         401 200 200  200 200 200 200 200  403  403
POST   api/v1/comments/                         401 201 201  201 201 201 201 404  403  403
GET    api/v1/comments/{remark}/                401 200 404  200 200 200 200 404  403  403
GET    api/v1/comments/{paper_remark}/          401 404 200  404 200 200 200 404  403  403
POST   api/v1/comments/{remark}/withdraw/       401 200 404  403 403 403 403 404  403  403

GET    api/v1/themes/                           401 200 200  200 200 200 200 200  403  403
POST   api/v1/themes/                           401 403 403  403 201 403 201 201  403  403
GET    api/v1/themes/{theme}/                   401 200 200  200 200 200 200 404  403  403
POST   api/v1/themes/{theme}/rename/            401 403 403  403 200 403 200 404  403  403
POST   api/v1/themes/{theme}/remove/            401 403 403  403 200 403 200 404  403  403
POST   api/v1/themes/{removed_theme}/restore/   401 403 403  403 200 403 200 404  403  403
GET    api/v1/needs/                            401 200 200  200 200 200 200 200  403  403
POST   api/v1/needs/                            401 201 201  201 201 201 201 404  403  403
GET    api/v1/needs/{need}/                     401 200 200  200 200 200 200 404  403  403
GET    api/v1/needs/{unsorted}/                 401 200 404  200 200 200 200 404  403  403
GET    api/v1/needs/{unsorted}/history/         401 200 404  200 200 200 200 404  403  403
GET    api/v1/needs/{paper_unsorted}/           401 404 200  404 200 200 200 404  403  403
PATCH  api/v1/needs/{need}/                     401 403 403  403 200 403 200 404  403  403
PATCH  api/v1/needs/{unsorted}/                 401 403 404  403 200 403 200 404  403  403
POST   api/v1/needs/{need}/take/                401 403 403  403 200 403 200 404  403  403
POST   api/v1/needs/{unsorted}/take/            401 403 404  403 200 403 200 404  403  403
POST   api/v1/needs/{need}/hand_over/           401 403 403  403 200 403 200 404  403  403
POST   api/v1/needs/{need}/confirm/             401 200 200  200 200 200 200 404  403  403
POST   api/v1/needs/{unsorted}/confirm/         401 200 404  200 200 200 200 404  403  403
POST   api/v1/needs/{need}/accept/              401 403 403  403 200 403 200 404  403  403
POST   api/v1/needs/{accepted}/decline/         401 403 403  403 200 403 200 404  403  403
POST   api/v1/needs/{accepted}/build/           401 403 403  403 200 403 200 404  403  403
POST   api/v1/needs/{need}/merge/               401 403 403  403 200 403 200 404  403  403
POST   api/v1/needs/{unsorted}/merge/           401 403 404  403 200 403 200 404  403  403
POST   api/v1/needs/{merged}/unmerge/           401 403 403  403 200 403 200 404  403  403
GET    api/v1/needs/figures/                    401 200 200  200 200 200 200 200  403  403
GET    api/v1/tallies/                          401 200 200  200 200 200 200 200  403  403
GET    api/v1/tallies/{need}/                   401 200 200  200 200 200 200 404  403  403
GET    api/v1/tallies/{unsorted}/               401 200 404  200 200 200 200 404  403  403
GET    api/v1/voices/                           401 200 200  200 200 200 200 200  403  403
POST   api/v1/voices/                           401 201 201  201 201 201 201 404  403  403
GET    api/v1/voices/{voice}/                   401 200 404  200 200 200 200 404  403  403
GET    api/v1/voices/{observation}/             401 200 404  200 200 200 200 404  403  403
GET    api/v1/voices/{paper_voice}/             401 404 200  404 200 200 200 404  403  403
POST   api/v1/voices/{voice}/amend/             401 200 404  403 403 403 403 404  403  403
POST   api/v1/voices/{voice}/withdraw/          401 200 404  403 403 403 403 404  403  403
POST   api/v1/voices/{paper_voice}/withdraw/    401 404 200  404 403 403 403 404  403  403
POST   api/v1/voices/{voice}/place/             401 403 404  403 200 403 200 404  403  403
GET    api/v1/questions/                        401 200 200  200 200 200 200 200  403  403
POST   api/v1/questions/                        401 403 403  403 201 403 201 404  403  403
GET    api/v1/questions/{question}/             401 200 200  200 200 200 200 404  403  403
POST   api/v1/questions/{question}/withdraw/    401 403 403  403 200 403 200 404  403  403
GET    api/v1/askings/                          401 200 200  200 200 200 200 200  403  403
GET    api/v1/askings/{asking}/                 401 200 404  200 200 200 200 404  403  403
GET    api/v1/askings/{paper_asking}/           401 404 200  404 200 200 200 404  403  403
GET    api/v1/answers/                          401 200 200  200 200 200 200 200  403  403
POST   api/v1/answers/                          401 201 201  201 201 201 201 404  403  403
GET    api/v1/answers/{answer}/                 401 200 404  200 200 200 200 404  403  403
GET    api/v1/answers/{paper_answer}/           401 404 200  404 200 200 200 404  403  403
GET    api/v1/joinings/                         401 200 200  200 200 200 200 200  403  403
POST   api/v1/joinings/                         401 409 404  201 201 201 201 404  403  403
GET    api/v1/joinings/{joining}/               401 200 404  404 200 404 404 404  403  403
POST   api/v1/joinings/{joining}/accept/        401 200 404  404 403 404 404 404  403  403
POST   api/v1/joinings/{joining}/refuse/        401 200 404  404 403 404 404 404  403  403
POST   api/v1/joinings/{joining}/withdraw/      401 403 404  404 200 404 404 404  403  403
GET    api/v1/replies/                          401 200 200  200 200 200 200 200  403  403
GET    api/v1/replies/{reply}/                  401 200 404  200 200 200 200 404  403  403
GET    api/v1/replies/{paper_reply}/            401 404 200  404 200 200 200 404  403  403
POST   api/v1/replies/{reply}/edit/             401 200 404  200 200 200 200 404  403  403
POST   api/v1/replies/{reply}/tell/             401 200 404  200 200 200 200 404  403  403
POST   api/v1/replies/{reply}/answer/           401 200 404  200 200 200 200 404  403  403
POST   api/v1/replies/{paper_reply}/tell/       401 404 200  404 200 200 200 404  403  403

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

GET    api/v1/notifications/                    401 200 200  200 200 200 200 200  403  403
GET    api/v1/notifications/{notification}/     401 200 404  404 404 404 404 404  403  403
POST   api/v1/notifications/{notification}/read/     401 200 404 404 404 404 404 404 403 403
POST   api/v1/notifications/{notification}/read_all/ 401 200 404 404 404 404 404 404 403 403
GET    api/v1/preferences/                      401 200 200  200 200 200 200 200  403  403
POST   api/v1/preferences/                      401 201 201  201 201 201 201 201  403  403
GET    api/v1/preferences/{ana}/                401 200 404  404 404 404 404 404  403  403
"""

# Signing in. A member who was switched off may still sign in and out: the session gives no right to anything else.
SIGN_IN = """
                                                         nobody ana carl mia jun eva ada olga gone root
GET    _allauth/browser/v1/config                           200 200 200  200 200 200 200 200  200  200
GET    _allauth/browser/v1/auth/session                     401 200 200  200 200 200 200 200  200  200
DELETE _allauth/browser/v1/auth/session                     401 401 401  401 401 401 401 401  401  401
POST   _allauth/browser/v1/auth/login                       400 400 400  400 400 400 400 400  400  400
POST   _allauth/browser/v1/auth/signup                      403 409 409  409 409 409 409 409  409  409
POST   _allauth/browser/v1/auth/reauthenticate              401 400 400  400 400 400 400 400  400  400
POST   _allauth/browser/v1/auth/code/request                401 200 200  200 200 200 200 200  200  200
POST   _allauth/browser/v1/auth/code/resend                 409 409 409  409 409 409 409 409  409  409
POST   _allauth/browser/v1/auth/code/confirm                409 409 409  409 409 409 409 409  409  409
POST   _allauth/browser/v1/account/password/change          401 400 400  400 400 400 400 400  400  400
GET    _allauth/browser/v1/auth/sessions                    401 200 200  200 200 200 200 200  200  200
DELETE _allauth/browser/v1/auth/sessions                    401 400 400  400 400 400 400 400  400  400
"""

# What the sign-in package offers and FieldOps does not.
CLOSED = """
_allauth/browser/v1/auth/password/request
_allauth/browser/v1/auth/password/reset
_allauth/browser/v1/auth/email/verify
_allauth/browser/v1/auth/email/verify/resend
_allauth/browser/v1/auth/phone/verify
_allauth/browser/v1/auth/phone/verify/resend
_allauth/browser/v1/account/email
_allauth/browser/v1/account/phone
"""

# Open to everybody: they tell nothing of anybody. ``shell`` is every address that is a screen.
PUBLIC = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    healthz                                  200 200 200  200 200 200 200 200  200  200
GET    readyz                                   503 503 503  503 503 503 503 503  503  503
GET    visits/of-today                          200 200 200  200 200 200 200 200  200  200
GET    api/v1/nowhere/                          404 404 404  404 404 404 404 404  404  404
GET    _allauth/app/v1/auth/login               404 404 404  404 404 404 404 404  404  404
"""

# The operator's pages. Whoever is not the operator is sent to their sign-in page (302).
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

_NEW_VISIT = {"customer": "{steel}", "site": "{gate}"}
_HEARD = {**_NEW_VISIT, "contact": "{park}", "product": "{pump}"}
BODIES: dict[str, dict[str, Any]] = {
    "PATCH api/v1/me/": {"language": "en"},
    "PATCH api/v1/organizations/{organization}/": {"name": "Renamed"},
    "POST api/v1/members/": {"email": "n@example.com", "name": "Nora", "team": "{team}", "territories": ["{north}"]},
    "PATCH api/v1/members/{ben}/": {"name": "Benno", "team": "{team}", "territories": ["{north}", "{south}"]},
    "POST api/v1/teams/": {"name": "East team", "lead": "{ben}"},
    "PATCH api/v1/teams/{team}/": {"lead": "{ben}"},
    "POST api/v1/territories/": {"name": "East"},
    "PATCH api/v1/territories/{north}/": {"name": "Far North"},
    "POST api/v1/products/": {"name": "Valve"},
    "PATCH api/v1/products/{pump}/": {"name": "Valve"},
    "POST api/v1/customers/": {"name": "New works", "territory": "{north}"},
    "PATCH api/v1/customers/{steel}/": {"name": "Renamed", "territory": "{north}"},
    "PATCH api/v1/customers/{paper}/": {"name": "Renamed"},
    "POST api/v1/sites/": {"name": "Back gate", "customer": "{steel}"},
    "PATCH api/v1/sites/{gate}/": {"name": "Renamed"},
    "PATCH api/v1/sites/{paper_mill}/": {"name": "Renamed"},
    "POST api/v1/contacts/": {"name": "Mr Lee", "customer": "{steel}", "site": "{gate}"},
    "PATCH api/v1/contacts/{park}/": {"name": "Ms Parker", "site": "{gate}"},
    "PATCH api/v1/contacts/{paper_contact}/": {"name": "Renamed"},
    "POST api/v1/assets/": {"asset": "{new}", "serial": "SN-7", **_NEW_VISIT, "product": "{pump}"},
    "PATCH api/v1/assets/{press}/": {"serial": "SN-8", "site": "{gate}", "product": "{pump}"},
    "PATCH api/v1/assets/{paper_asset}/": {"name": "Renamed"},
    "POST api/v1/conflicts/{conflict}/resolve/": {"choice": "keep"},
    "POST api/v1/moves/": {"from_territory": "{north}", "to_territory": "{south}"},
    "POST api/v1/parked/{parked}/return/": {"note": "Which customer?"},
    "POST api/v1/parked/{parked}/discard/": {"note": "Logged twice"},
    "POST api/v1/parked/{parked}/apply/": {"args": {"visit": "{new}", "customer": "{steel}", "outcome": "progress"}},
    "POST api/v1/parked/import/": {
        "format": "fieldops-unsent/1",
        "organization": "{organization}",
        "member": "{ana}",
        "replica": "0123456789abcdef0123456789abcdef",
        "received_n": 0,
        "made_at": "2026-11-26T09:00:00+09:00",
        "entries": [{"n": 1, "chain": None, "entry": "{}"}],
        "parked": [],
    },
    "POST api/v1/visits/": {"visit": "{new}", "planned_for": "2026-12-01", "contact": "{park}", **_NEW_VISIT},
    "POST api/v1/visits/{planned}/arrive/": _NEW_VISIT,
    "POST api/v1/visits/{planned}/log/": {**_NEW_VISIT, "outcome": "progress"},
    "POST api/v1/visits/{new}/arrive/": _NEW_VISIT,
    "POST api/v1/visits/{new}/log/": {**_NEW_VISIT, "outcome": "problem", "contact": "{park}", "product": "{pump}"},
    "POST api/v1/visits/{visit}/amend/": {"note": "Rather so", "contact": "{park}", "product": "{pump}"},
    "POST api/v1/commitments/": {
        "commitment": "{new}",
        "customer": "{steel}",
        "visit": "{visit}",
        "step": "quote",
        "due_on": "2026-12-01",
    },
    "POST api/v1/commitments/{promise}/move/": {"due_on": "2026-12-08"},
    "POST api/v1/comments/": {"comment": "{new}", "visit": "{visit}", "text": "Well done"},
    "POST api/v1/themes/": {"theme": "{new}", "name": "Dust"},
    "POST api/v1/themes/{theme}/rename/": {"name": "Dust"},
    "POST api/v1/needs/": {
        "need": "{new}",
        "voice": "{new}",
        "text": "It should be quieter",
        "theme": "{theme}",
        "visit": "{visit}",
        **_HEARD,
    },
    "PATCH api/v1/needs/{need}/": {"title": "Silent pumps", "theme": "{theme}", "product": "{pump}"},
    "PATCH api/v1/needs/{unsorted}/": {"title": "Silent pumps"},
    "POST api/v1/needs/{need}/hand_over/": {"owner": "{jun}"},
    "POST api/v1/needs/{need}/confirm/": {"customer": "{steel}"},
    "POST api/v1/needs/{unsorted}/confirm/": {"customer": "{steel}"},
    "POST api/v1/needs/{accepted}/decline/": {"reason": "Too rare", "customer_text": "Not this time."},
    "POST api/v1/needs/{accepted}/build/": {"customer_text": "It is quiet now."},
    "POST api/v1/needs/{need}/merge/": {"into": "{accepted}"},
    "POST api/v1/needs/{unsorted}/merge/": {"into": "{accepted}"},
    "POST api/v1/voices/": {"voice": "{new}", "need": "{need}", "visit": "{visit}", "sign": "waits", **_HEARD},
    "POST api/v1/voices/{voice}/amend/": {"importance": 3, "contact": "{park}", "product": "{pump}"},
    "POST api/v1/voices/{voice}/place/": {"need": "{accepted}"},
    "POST api/v1/questions/": {
        "question": "{new}",
        "need": "{need}",
        "text": "How often?",
        "customers": [{"asking": "{new}", "customer": "{steel}"}],
    },
    "POST api/v1/answers/": {"answer": "{new}", "asking": "{asking}", "value": "yes", "visit": "{visit}"},
    "POST api/v1/joinings/": {"joining": "{new}", "visit": "{planned}", "need": "{need}"},
    "POST api/v1/replies/{reply}/edit/": {"text": "Your pump is quiet now."},
    "POST api/v1/replies/{reply}/tell/": {"visit": "{visit}"},
    "POST api/v1/replies/{reply}/answer/": {"value": "solved", "contact": "{park}", "visit": "{visit}"},
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
        **_HEARD,
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
    "POST api/v1/preferences/": {"mails": {"reply.due": "none"}, "digest_at": "08:00"},
    "POST _allauth/browser/v1/auth/login": {"email": "stranger@example.com", "password": "not the right one"},
    "POST _allauth/browser/v1/auth/signup": {"email": "stranger@example.com", "password": "a long password 1"},
    "POST _allauth/browser/v1/auth/code/request": {"email": "stranger@example.com"},
    "POST _allauth/browser/v1/auth/code/confirm": {"code": "123456"},
}


@dataclass(frozen=True)
class Row:
    method: str
    address: str
    expected: dict[str, int] = field(hash=False)

    @property
    def name(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def body(self) -> dict[str, Any] | None:
        return None if self.method in {"GET", "DELETE"} else BODIES.get(self.name, {})


def read(table: str) -> list[Row]:
    """The rows of a table whose first line names its columns."""
    head, *lines = [line.split() for line in table.splitlines() if line.strip()]
    rows = [Row(method, address, dict(zip(head, map(int, codes), strict=True))) for method, address, *codes in lines]
    assert len({row.name for row in rows}) == len(rows), "a row stands twice"
    return rows


def model_rows(ids: Mapping[str, str], actors: Sequence[str]) -> list[Row]:
    """The rows of every model's pages; ``ids`` has one object of each."""
    return [
        Row(page.method, page.address.format(model=model, id=ids[model]), _operator_only(page.expected[kind], actors))
        for model, kind in MODELS.items()
        for page in read(MODEL_PAGES)
    ]


def _operator_only(code: int, actors: Sequence[str]) -> dict[str, int]:
    return {actor: code if actor == "root" else 302 for actor in actors}


def names_in(text: str) -> list[str]:
    """The rows of the scene that an address or a body names, ``new`` apart."""
    return [name for name in re.findall(r"\{(\w+)\}", text) if name != "new"]
