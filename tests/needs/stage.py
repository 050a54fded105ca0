"""What had happened before, by name: a need that Ana heard of at the steel works, and what hangs on it."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID

from core import tenancy
from core.models import Row
from needs import actions, telling
from needs.models import Asking, Joining, Milestone, Need, Reply, Voice
from tests import factories as make
from tests.visits import stage as visits
from visits import actions as visit_actions
from visits.models import Visit


class Stage(visits.Stage):
    """The cast, and a need of which Ana heard. Jun is the engineer, Ada another who may edit needs."""

    # --- rows -----------------------------------------------------------------------------------

    def make_theme(self) -> Row:
        return make.theme(self.world.jun, "Noise")

    def make_other_theme(self) -> Row:
        return make.theme(self.world.jun, "Dust")

    def make_removed_theme(self) -> Row:
        theme = make.theme(self.world.jun, "Smell")
        with make.writing(self.world.jun) as unit:
            return actions.remove_theme(unit, theme=theme.pk)

    def make_other(self) -> Row:
        """Another need, heard of at another customer."""
        return make.sorted_need(self.world.jun, self.world.paper, "Less noise", heard_by=self.world.carl)

    def make_third(self) -> Row:
        """One more, which nobody has sorted."""
        return make.need(self.world.ana, self.world.steel, "It shakes")

    def make_log(self) -> Row:
        """A visit of Ana's to the steel works, where she heard of it."""
        return make.logged(self.world.ana, self.world.steel)

    def make_own_plan(self) -> Row:
        """Jun's own."""
        return make.planned(self.world.jun, self.world.steel)

    def make_paper_plan(self) -> Row:
        return make.planned(self.world.carl, self.world.paper)

    def make_foreign_need(self) -> UUID:
        return self._abroad_needs["need"]

    def make_foreign_voice(self) -> UUID:
        return self._abroad_needs["voice"]

    def make_foreign_theme(self) -> UUID:
        return self._abroad_needs["theme"]

    def make_foreign_question(self) -> UUID:
        return self._abroad_needs["question"]

    def make_foreign_asking(self) -> UUID:
        return self._abroad_needs["asking"]

    def make_foreign_joining(self) -> UUID:
        return self._abroad_needs["joining"]

    def make_foreign_reply(self) -> UUID:
        return self._abroad_needs["reply"]

    @cached_property
    def _abroad_needs(self) -> dict[str, UUID]:
        """Rows of another organization."""
        otto = self.otto
        with tenancy.acting_in(otto.organization_id):
            customer, engineer = make.customer(otto.territories.get()), make.member(role="engineer")
            need = make.sorted_need(engineer, customer, heard_by=otto)
            question = make.question(engineer, need, customer)
            rows = {
                "need": need,
                "voice": Voice.objects.get(need=need),
                "theme": make.theme(engineer),
                "question": question,
                "asking": Asking.objects.get(question=question),
                "joining": make.joining(engineer, make.planned(otto, customer)),
                "reply": make.reply(engineer, need, customer),
            }
            return {name: row.pk for name, row in rows.items()}

    # --- what had happened ----------------------------------------------------------------------

    def given_heard(self) -> None:
        need = make.need(self.world.ana, self.world.steel, "The pump is loud", importance=2)
        self.keep(need=need, voice=Voice.objects.get(need=need))

    def given_sorted(self) -> None:
        self.given_heard()
        with make.writing(self.world.jun) as unit:
            actions.change_need(unit, need=self.id("need"), title="Quieter pumps")

    def given_taken(self) -> None:
        self.given_sorted()
        with make.writing(self.world.jun) as unit:
            actions.take_need(unit, need=self.id("need"))

    def given_taken_by_ada(self) -> None:
        self.given_sorted()
        with make.writing(self.world.ada) as unit:
            actions.take_need(unit, need=self.id("need"))

    def given_confirmed(self) -> None:
        self.given_sorted()
        with make.writing(self.world.ana) as unit:
            actions.confirm_need(unit, need=self.id("need"), customer=self.world.steel.pk)

    def given_accepted(self) -> None:
        self.given_sorted()
        with make.writing(self.world.jun) as unit:
            actions.accept_need(unit, need=self.id("need"))

    def given_declined(self) -> None:
        self.given_sorted()
        with make.writing(self.world.jun) as unit:
            actions.decline_need(unit, need=self.id("need"), reason="Too rare")

    def given_merged(self) -> None:
        """Into the other need."""
        self.given_sorted()
        other = self.id("other")
        with make.writing(self.world.jun) as unit:
            actions.merge_need(unit, need=self.id("need"), into=other)

    def given_merged_further(self) -> None:
        """Into the other need, and that one into a third."""
        self.given_merged()
        third = self.id("third")
        with make.writing(self.world.jun) as unit:
            actions.merge_need(unit, need=self.id("other"), into=third)

    def given_voice_withdrawn(self) -> None:
        self.given_heard()
        with make.writing(self.world.ana) as unit:
            actions.withdraw_voice(unit, voice=self.id("voice"))

    def given_observed(self) -> None:
        """Something Ana saw, without any need."""
        self.keep(voice=make.observation(self.world.ana, self.world.steel, text="Waits for the forklift"))

    def given_asked(self) -> None:
        self.given_sorted()
        question = make.question(self.world.jun, self._need, self.world.steel)
        self.keep(question=question, asking=Asking.objects.get(question=question))

    def given_question_withdrawn(self) -> None:
        self.given_asked()
        with make.writing(self.world.jun) as unit:
            actions.withdraw_question(unit, question=self.id("question"))

    def given_answered(self) -> None:
        self.given_asked()
        self.keep(answer=make.answer(self.world.ana, Asking.objects.get(pk=self.id("asking"))))

    def given_joining(self) -> None:
        """Jun asks to come along on a visit that Ana has planned."""
        self.given_planned()
        self.keep(joining=make.joining(self.world.jun, Visit.objects.get(pk=self.id("visit"))))

    def given_joining_accepted(self) -> None:
        self.given_joining()
        with make.writing(self.world.ana) as unit:
            actions.accept_joining(unit, joining=self.id("joining"))

    def given_joining_refused(self) -> None:
        self.given_joining()
        with make.writing(self.world.ana) as unit:
            actions.refuse_joining(unit, joining=self.id("joining"))

    def given_joining_withdrawn(self) -> None:
        self.given_joining()
        with make.writing(self.world.jun) as unit:
            actions.withdraw_joining(unit, joining=self.id("joining"))

    def given_went_along(self) -> None:
        self.given_joining_accepted()
        with make.writing(self.world.ana) as unit:
            visit_actions.log_visit(unit, visit=self.id("visit"), customer=self.world.steel.pk, outcome="progress")
        with make.writing() as unit:
            actions.settle_joining(unit, Joining.objects.get(pk=self.id("joining")))

    def given_built(self) -> None:
        """The steel works are still to be told."""
        self.given_sorted()
        reply = make.reply(self.world.jun, self._need, self.world.steel)
        assert reply.commitment is not None
        self.keep(reply=reply, commitment=reply.commitment)

    def given_told(self) -> None:
        self.given_built()
        with make.writing(self.world.ana) as unit:
            actions.tell_reply(unit, reply=self.id("reply"))

    def given_solved(self) -> None:
        self._hear("solved")

    def given_not_yet(self) -> None:
        self._hear("not_yet")

    def given_taken_back(self) -> None:
        """It was no good, before anybody had told the steel works of it."""
        self.given_built()
        with make.writing(self.world.jun) as unit:
            actions.accept_need(unit, need=self.id("need"))
        telling.announce(tenancy.require_id(), Milestone.objects.filter(need=self.id("need")).latest("number").pk)
        assert Reply.objects.get(pk=self.id("reply")).state == Reply.State.WITHDRAWN

    def given_themed(self) -> None:
        self.given_sorted()
        theme = self.id("theme")
        with make.writing(self.world.jun) as unit:
            actions.change_need(unit, need=self.id("need"), theme=theme)

    def _hear(self, value: str) -> None:
        self.given_told()
        with make.writing(self.world.ana) as unit:
            actions.answer_reply(unit, reply=self.id("reply"), value=value)

    @property
    def _need(self) -> Need:
        found: Need = Need.objects.get(pk=self.id("need"))
        return found
