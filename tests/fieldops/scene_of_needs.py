"""What the scene has of needs and notices: one row of every noun in every state that a verb asks for."""

from __future__ import annotations

from typing import Any

from customers.models import Customer
from needs import actions
from needs.models import Asking, Need, Question, Theme, Voice
from people.models import Member
from tests import factories as make


def needs_of(author: Member, engineer: Member, customer: Customer, mark: str) -> dict[str, Any]:
    """Heard by ``author``; sorted, asked about, joined and answered for by ``engineer``."""
    rows: dict[str, Any] = {
        "theme": make.theme(engineer, f"Noise at {customer.name} {mark}"),
        "removed_theme": _removed(engineer, f"Old noise at {customer.name} {mark}"),
    }
    rows["unsorted"] = make.need(author, customer, f"Rattles {mark}")
    for name in ("need", "accepted", "merged", "built"):
        rows[name] = make.sorted_need(engineer, customer, f"{name} {mark}", heard_by=author, text=f"Loud {mark}")
    for name in ("unsorted", "need", "accepted", "merged", "built"):
        rows["voice" if name == "need" else f"{name}_voice"] = Voice.objects.get(need=rows[name])
    with make.writing(engineer) as unit:
        actions.accept_need(unit, need=rows["accepted"].pk)
    with make.writing(engineer) as unit:
        actions.merge_need(unit, need=rows["merged"].pk, into=rows["need"].pk)
    rows["observation"] = make.observation(author, customer, text=mark)
    rows |= _asked(author, engineer, Need.objects.get(pk=rows["need"].pk), customer, mark)
    rows["outing"] = make.planned(author, customer, plan_note=mark)
    rows["joining"] = make.joining(engineer, rows["outing"], note=mark)
    reply = make.reply(engineer, Need.objects.get(pk=rows["built"].pk), customer)
    assert reply.commitment is not None
    rows |= {"reply": reply, "owed": reply.commitment}
    rows["notification"] = make.notification(author, Need.objects.get(pk=rows["need"].pk))
    make.preference(author)
    return rows


def _removed(engineer: Member, name: str) -> Theme:
    theme = make.theme(engineer, name)
    with make.writing(engineer) as unit:
        return actions.remove_theme(unit, theme=theme.pk)


def _asked(author: Member, engineer: Member, need: Need, customer: Customer, mark: str) -> dict[str, Any]:
    """Two questions: one waits at the customer, the other was answered there."""
    waiting = make.question(engineer, need, customer, text=f"How often? {mark}")
    answered = make.question(engineer, need, customer, text=f"Since when? {mark}")
    asking, other = (_asking(question) for question in (waiting, answered))
    answer = make.answer(author, other, line=mark)
    rows: dict[str, Any] = {
        "question": waiting,
        "asking": asking,
        "answered_question": answered,
        "closed_asking": other,
    }
    return rows | {"answer": answer}


def _asking(question: Question) -> Asking:
    found: Asking = Asking.objects.get(question=question)
    return found
