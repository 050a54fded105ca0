"""Whole territories that go to another one, customer by customer."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from core import clock
from core.errors import Problem
from core.ids import uuid7
from customers.actions.writing import add_row, write_values
from customers.errors import SAME_TERRITORY, TERRITORY_LEAVING
from customers.models import Customer, Move
from people.models import Territory
from people.streams import territory_scope
from sync.changes import Unit


def start_move(unit: Unit, *, from_territory: UUID, to_territory: UUID, id: UUID | None = None) -> Move:
    """Begins to take all customers of a territory to another. A job carries it out, customer by customer.

    Raises territory_leaving for a territory that is being emptied itself: there and back, neither would ever end.
    """
    if from_territory == to_territory:
        raise Problem(SAME_TERRITORY, field="to_territory")
    ends = [(from_territory, "from_territory"), (to_territory, "to_territory")]
    for end, name in ends:
        Territory.objects.find(end, field=name)  # the first that is missing is named, whatever their ids
    # In the order of their ids: of two that begin at once, there and back, the second waits and sees the first.
    locked = {end: Territory.objects.lock(end, field=field) for end, field in sorted(ends)}
    former, target = locked[from_territory], locked[to_territory]
    if Move.objects.filter(from_territory=target, finished_at=None).exists():
        raise Problem(TERRITORY_LEAVING, field="to_territory")
    total = Customer.objects.filter(territory=former).count()
    move = Move(
        id=id or uuid7(),
        from_territory=former,
        to_territory=target,
        member=unit.member,
        total=total,
        started_at=clock.now(),
    )
    return add_row(unit, move)


def move_next(unit: Unit, *, move: UUID) -> bool:
    """Takes one customer along, with everything that hangs on it. False when there is none left.

    One a unit: a territory of thousands must not keep everybody else from writing.
    """
    going: Move = Move.objects.lock(move, field="move")
    if going.is_finished:
        return False
    customer = _left(going).select_for_update().order_by("pk").first()
    if customer is None:
        going.finished_at = clock.now()
        _tell(unit, going)
        return False
    former = customer.territory_id
    write_values(unit, customer, {"territory": going.to_territory_id})
    unit.move(customer.pk, territory_scope(former), territory_scope(going.to_territory_id))
    return True


def tell_move(unit: Unit, *, move: UUID) -> None:
    """Says how far it is to everybody who looks on. They need not hear of each customer."""
    _tell(unit, Move.objects.lock(move, field="move"))


def _tell(unit: Unit, going: Move) -> None:
    going.done = max(going.done, going.total - _left(going).count())
    going.save(update_fields=["done", "finished_at"])
    unit.record(going)


def _left(going: Move) -> QuerySet[Customer]:
    left: QuerySet[Customer] = Customer.objects.filter(territory=going.from_territory_id)
    return left
