"""What takes several steps by REST, all of them by the administrator, by the room it is about."""

from __future__ import annotations

from tests.fieldops.acts.entries import Json

Step = tuple[str, str, Json]

DEEDS: dict[str, dict[str, list[Step]]] = {}
DEEDS["customers"] = {
    "a customer changes territory": [("PATCH", "customers/{steel}/", {"territory": "{south}"})],
    "a customer changes territory and comes back": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "customers/{steel}/", {"territory": "{north}"}),
    ],
    "two customers change places": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "customers/{paper}/", {"territory": "{north}"}),
    ],
    "a customer changes territory, and what hangs on it changes after it": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "sites/{gate}/", {"name": "Back gate"}),
        ("POST", "commitments/{promise}/keep/", {}),
    ],
    "a customer changes territory and is removed": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("DELETE", "customers/{steel}/", {}),
    ],
    "a customer is removed and comes back with what went with it": [
        ("DELETE", "contacts/{park}/", {}),
        ("DELETE", "customers/{steel}/", {}),
        ("POST", "customers/{steel}/restore/", {}),
    ],
    "a site is made and removed before anybody has seen it": [
        ("POST", "sites/", {"id": "{new_site}", "customer": "{steel}", "name": "Shed"}),
        ("DELETE", "sites/{new_site}/", {}),
    ],
    "a customer comes back to where it was before": [
        ("POST", "customers/{removed_customer}/restore/", {}),
        ("PATCH", "customers/{removed_customer}/", {"territory": "{south}"}),
    ],
    "an asset is made, moves with its customer, and loses the site it stood at": [
        ("POST", "assets/", {"asset": "{new_asset}", "customer": "{steel}", "site": "{gate}", "serial": "SN-9"}),
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("DELETE", "sites/{gate}/", {}),
        ("PATCH", "assets/{new_asset}/", {"notes": "In the yard"}),
    ],
    "a product is no longer offered": [("PATCH", "products/{pump}/", {"is_active": False})],
}
DEEDS["needs"] = {
    "a need that nobody sorted goes with its customer, and then is for everybody": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "needs/{unsorted}/", {"title": "Silent pumps"}),
        ("PATCH", "customers/{steel}/", {"territory": "{north}"}),
    ],
    "a question is asked where a customer then moves away from": [
        ("PATCH", "customers/{paper}/", {"territory": "{north}"}),
        ("POST", "answers/", {"answer": "{new_answer}", "asking": "{paper_asking}", "value": "no"}),
        ("POST", "questions/{question}/withdraw/", {}),
    ],
    "a theme is removed and comes back with its needs": [
        ("PATCH", "needs/{need}/", {"theme": "{theme}"}),
        ("POST", "themes/{theme}/remove/", {}),
        ("POST", "themes/{theme}/restore/", {}),
    ],
    "needs are put together over two levels, and taken apart in the middle": [
        ("POST", "needs/{need}/merge/", {"into": "{unsorted}"}),
        ("POST", "needs/{unsorted}/merge/", {"into": "{paper_unsorted}"}),
        ("POST", "needs/{unsorted}/unmerge/", {}),
    ],
    "a reply to a customer of another territory is told and answered": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("POST", "replies/{reply}/tell/", {}),
        ("POST", "replies/{reply}/answer/", {"value": "not_yet"}),
    ],
}
DEEDS["tickets"] = {
    "a ticket goes with its customer, and whoever works on it keeps it": [
        ("POST", "tickets/{ticket}/assign/", {"assignee": "{ana}"}),
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("POST", "messages/", {"message": "{new_message}", "ticket": "{ticket}", "audience": "internal", "text": "Ok"}),
    ],
    "a ticket is given to whoever does not see its customer, and taken away again": [
        ("POST", "tickets/{ticket}/assign/", {"assignee": "{carl}"}),
        ("POST", "tickets/{ticket}/assign/", {"assignee": None}),
    ],
    "a colleague elsewhere is asked, and the ticket is solved and closed": [
        ("POST", "helps/", {"help": "{new_help}", "ticket": "{ticket}", "engineer": "{carl}", "text": "Which seal?"}),
        ("POST", "tickets/{ticket}/solve/", {"resolution": "A new seal"}),
        ("POST", "tickets/{ticket}/close/", {"cause": "{new_cause}", "text": "Worn", "countermeasure": "A new seal"}),
    ],
    "what is closed is opened again, and its messages with it": [
        ("POST", "tickets/{closed}/reopen/", {}),
        ("POST", "tickets/{closed}/take/", {}),
    ],
    "the same happens again, and was nothing": [
        ("POST", "tickets/", {"ticket": "{new_ticket}", "customer": "{steel}", "text": "Again", "again": "{cause}"}),
        ("POST", "tickets/{new_ticket}/withdraw/", {}),
    ],
    "what is promised to a customer goes with it": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "sla_policies/{policy}/", {"resolution_minutes": 30}),
    ],
    "what an organization begins with": [
        ("DELETE", "chips/{category}/", {}),
        ("DELETE", "chips/{paper_category}/", {}),
        ("POST", "tickets/start/", {}),
    ],
}
DEEDS["people"] = {
    "a territory is switched off": [("PATCH", "territories/{south}/", {"is_active": False})],
    "a territory is made and given away": [
        ("POST", "territories/", {"id": "{east}", "name": "East"}),
        ("PATCH", "members/{carl}/", {"territories": ["{south}", "{east}"]}),
        ("PATCH", "customers/{steel}/", {"territory": "{east}"}),
    ],
    "a rep is given a second territory": [("PATCH", "members/{ana}/", {"territories": ["{north}", "{south}"]})],
    "a rep is given another territory": [("PATCH", "members/{ana}/", {"territories": ["{south}"]})],
    "a rep loses every territory": [("PATCH", "members/{ana}/", {"territories": []})],
    "a territory is taken and given back": [
        ("PATCH", "members/{ana}/", {"territories": []}),
        ("PATCH", "members/{ana}/", {"territories": ["{north}"]}),
    ],
    "a rep becomes an engineer": [("PATCH", "members/{carl}/", {"role": "engineer"})],
    "an engineer becomes a rep": [("PATCH", "members/{jun}/", {"role": "rep", "territories": ["{south}"]})],
    "an executive becomes a manager": [("PATCH", "members/{eva}/", {"role": "manager"})],
    "a manager becomes a rep": [("PATCH", "members/{mia}/", {"role": "rep"})],
    "a rep is made administrator": [("PATCH", "members/{carl}/", {"is_admin": True})],
    "a rep leads a team": [("PATCH", "teams/{team}/", {"lead": "{carl}"})],
    "a manager changes team": [("PATCH", "members/{mia}/", {"team": None})],
    "a team wins a member": [("PATCH", "members/{carl}/", {"team": "{team}"})],
    "a team loses its members": [
        ("PATCH", "members/{ana}/", {"team": None}),
        ("PATCH", "members/{ben}/", {"team": None}),
    ],
    "a member is switched off": [("PATCH", "members/{ben}/", {"is_active": False})],
    "the organization moves to another time zone": [
        ("PATCH", "organizations/{organization}/", {"time_zone": "Asia/Tokyo"})
    ],
}
