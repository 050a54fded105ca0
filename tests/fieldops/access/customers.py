"""The room of customers: products, customers with what stands there, conflicts and moves."""

from __future__ import annotations

from typing import Any

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
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
"""

# Where somebody works, and of whom and what they hear there.
PLACE = {"customer": "{steel}", "site": "{gate}"}
HEARD = {**PLACE, "contact": "{park}", "product": "{pump}"}

BODIES: dict[str, dict[str, Any]] = {
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
    "POST api/v1/assets/": {"asset": "{new}", "serial": "SN-7", **PLACE, "product": "{pump}"},
    "PATCH api/v1/assets/{press}/": {"serial": "SN-8", "site": "{gate}", "product": "{pump}"},
    "PATCH api/v1/assets/{paper_asset}/": {"name": "Renamed"},
    "POST api/v1/conflicts/{conflict}/resolve/": {"choice": "keep"},
    "POST api/v1/moves/": {"from_territory": "{north}", "to_territory": "{south}"},
}
