"""Rows about needs and notices that a case of the table of kinds speaks of, in a state that the kind needs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.ids import uuid7
from customers.models import Customer
from needs import actions
from needs.models import Answer, Asking, Need, Question, Reply, Voice
from people.models import Member
from tests import factories as make
from visits.models import Visit

NOUNS = ("need", "voice", "theme", "question", "asking", "joining", "reply", "notification", "preference")


class NeedsDesk:
    """In one organization. Ina, an engineer, does there what others cannot do for themselves."""

    def __init__(self) -> None:
        self.ina = make.member("Ina", role="engineer")

    # --- a new row ----------------------------------------------------------------------------------

    def new(self, kind: str, id: UUID, customer: Customer, visit_of: Member) -> dict[str, Any]:
        """What is said of a row that is to be made at this customer."""
        if kind == "need.note":
            return {"need": id, "voice": uuid7(), "customer": customer.pk}
        if kind == "voice.observe":
            return {"voice": id, "customer": customer.pk}
        if kind == "question.ask":
            asked = [{"asking": str(uuid7()), "customer": str(customer.pk)}]
            return {"question": id, "need": self.need(self.ina, customer).pk, "customers": asked}
        if kind == "asking.answer":
            return {"answer": id, "asking": self.asking(customer).pk}
        return {"joining": id, "visit": make.planned(visit_of, customer).pk}

    def taken(self, kind: str, member: Member, customer: Customer) -> UUID:
        """The id of a row of this member's, of the noun that the kind makes."""
        if kind == "asking.answer":
            answer: Answer = make.answer(member, self.asking(customer))
            return answer.pk
        return self.row(kind, member, customer)

    # --- a row there is -------------------------------------------------------------------------------

    def row(self, kind: str, member: Member, customer: Customer) -> UUID:
        noun, verb = kind.split(".")
        row: Any = getattr(self, f"_{noun}")(verb, member, customer)
        found: UUID = row.pk
        return found

    def beside(self, kind: str, customer: Customer, row: UUID) -> dict[str, Any]:
        """Another row that the kind names, or a name that is free."""
        if kind == "theme.rename":
            return {"name": f"Dust {uuid7()}"}
        if kind == "need.hand_over":
            return {"owner": self.ina.pk}
        if kind == "need.merge":
            return {"into": self.need(self.ina, customer).pk}
        if kind == "need.confirm":
            return {"customer": customer.pk}
        return {"need": self.need(self.ina, customer).pk} if kind == "voice.place" else {}

    def need(self, member: Member, customer: Customer) -> Need:
        return make.need(member, customer)

    def asking(self, customer: Customer) -> Asking:
        found: Asking = Asking.objects.get(question=make.question(self.ina, self.need(self.ina, customer), customer))
        return found

    def _need(self, verb: str, member: Member, customer: Customer) -> Need:
        need = self.need(member, customer)
        with make.writing(self.ina) as unit:
            if verb == "build":
                actions.accept_need(unit, need=need.pk)
        if verb == "unmerge":
            other = self.need(self.ina, customer)
            with make.writing(self.ina) as unit:
                actions.merge_need(unit, need=need.pk, into=other.pk)
        return need

    def _voice(self, verb: str, member: Member, customer: Customer) -> Voice:
        found: Voice = Voice.objects.get(need=self.need(member, customer))
        return found

    def _theme(self, verb: str, member: Member, customer: Customer) -> Any:
        theme = make.theme(self.ina)
        if verb == "restore":
            with make.writing(self.ina) as unit:
                actions.remove_theme(unit, theme=theme.pk)
        return theme

    def _question(self, verb: str, member: Member, customer: Customer) -> Question:
        """Asked by whoever was an engineer then."""
        question = make.question(self.ina, self.need(self.ina, customer), customer)
        Question.objects.filter(pk=question.pk).update(member=member)
        return question

    def _joining(self, verb: str, member: Member, customer: Customer) -> Any:
        """To be answered by this member; or asked for by them."""
        if verb in {"accept", "refuse"}:
            return make.joining(self.ina, make.planned(member, customer))
        visit = make.planned(self.ina, customer)
        if not Visit.objects.seen_by(member).filter(pk=visit.pk).exists():
            visit = make.planned(self.ina, make.customer(member.territories.get()))
        return make.joining(member, visit)

    def _reply(self, verb: str, member: Member, customer: Customer) -> Reply:
        """This member's to give, who need not have the customer any more."""
        reply = make.reply(self.ina, self.need(self.ina, customer), customer)
        Reply.objects.filter(pk=reply.pk).update(member=member)
        return reply

    def _notification(self, verb: str, member: Member, customer: Customer) -> Any:
        return make.notification(member, self.need(self.ina, customer))
