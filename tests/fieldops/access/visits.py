"""The room of visits: visits, commitments and comments."""

from __future__ import annotations

from typing import Any

from tests.fieldops.access.customers import PLACE

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
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
"""

BODIES: dict[str, dict[str, Any]] = {
    "POST api/v1/visits/": {"visit": "{new}", "planned_for": "2026-12-01", "contact": "{park}", **PLACE},
    "POST api/v1/visits/{planned}/arrive/": PLACE,
    "POST api/v1/visits/{planned}/log/": {**PLACE, "outcome": "progress"},
    "POST api/v1/visits/{new}/arrive/": PLACE,
    "POST api/v1/visits/{new}/log/": {**PLACE, "outcome": "problem", "contact": "{park}", "product": "{pump}"},
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
}
