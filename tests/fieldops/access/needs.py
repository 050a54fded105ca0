"""The room of needs: themes and needs, who voiced them, and what is asked and told because of them."""

from __future__ import annotations

from typing import Any

from tests.fieldops.access.customers import HEARD

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
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
"""

BODIES: dict[str, dict[str, Any]] = {
    "POST api/v1/themes/": {"theme": "{new}", "name": "Dust"},
    "POST api/v1/themes/{theme}/rename/": {"name": "Dust"},
    "POST api/v1/needs/": {
        "need": "{new}",
        "voice": "{new}",
        "text": "It should be quieter",
        "theme": "{theme}",
        "visit": "{visit}",
        **HEARD,
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
    "POST api/v1/voices/": {"voice": "{new}", "need": "{need}", "visit": "{visit}", "sign": "waits", **HEARD},
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
}
