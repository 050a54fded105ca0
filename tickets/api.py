"""REST about tickets: the same actions and inputs as the phone's entries. Administrators set up the rest here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.inputs import Input
from customers.api import HistoryViewSet
from people.permissions import IsAdmin, IsAdminToWrite, IsMember
from sync import changes
from sync.rest import ShapeViewSet, actor_of
from tickets import actions, figures
from tickets import serializers as forms
from tickets.models import Cause, Help, Message, SlaPolicy, Ticket


class TicketViewSet(HistoryViewSet):
    shape = "ticket"
    serializer_class = forms.TicketShape
    filterset_fields = {
        "customer": ["exact"],
        "asset": ["exact"],
        "state": ["exact"],
        "severity": ["exact"],
        "assignee": ["exact", "isnull"],
        "member": ["exact"],
        "cause": ["exact"],
        "category": ["exact"],
        "is_recurrence": ["exact"],
        "is_in_review": ["exact"],
        "resolution_due_at": ["lt"],
    }
    ordering = ("-received_at", "-id")

    def seen(self) -> Any:
        return Ticket.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.OpenTicketInput, responses={201: forms.TicketShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "ticket.open", actions.open_ticket, forms.OpenTicketInput, status=201)

    @extend_schema(request=forms.TicketInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "ticket.change", actions.change_ticket, forms.ChangeTicketInput)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.take", actions.take_ticket, forms.NameTicketInput, ticket=pk)

    @extend_schema(request=forms.AssignInput)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.assign", actions.assign_ticket, forms.AssignInput, ticket=pk)

    @extend_schema(request=forms.WaitInput)
    @action(detail=True, methods=["post"])
    def wait(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.wait", actions.wait_ticket, forms.WaitInput, ticket=pk)

    @extend_schema(request=forms.GoOnInput)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.resume", actions.resume_ticket, forms.GoOnInput, ticket=pk)

    @extend_schema(request=forms.SolveInput)
    @action(detail=True, methods=["post"])
    def solve(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.solve", actions.solve_ticket, forms.SolveInput, ticket=pk)

    @extend_schema(request=forms.GoOnInput)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.reopen", actions.reopen_ticket, forms.GoOnInput, ticket=pk)

    @extend_schema(request=forms.CloseInput)
    @action(detail=True, methods=["post"], url_path="close")
    def close_for_good(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.close", actions.close_ticket, forms.CloseInput, ticket=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.withdraw", actions.withdraw_ticket, forms.NameTicketInput, ticket=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def watch(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.watch", actions.watch_ticket, forms.NameTicketInput, ticket=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def unwatch(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.unwatch", actions.unwatch_ticket, forms.NameTicketInput, ticket=pk)

    @extend_schema(request=forms.LinkInput)
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.link", actions.link_tickets, forms.LinkInput, ticket=pk)

    @extend_schema(request=forms.LinkInput)
    @action(detail=True, methods=["post"])
    def unlink(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.unlink", actions.unlink_tickets, forms.LinkInput, ticket=pk)

    @extend_schema(request=forms.AgainInput)
    @action(detail=True, methods=["post"])
    def again(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.again", actions.say_again, forms.AgainInput, ticket=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.acknowledge", actions.acknowledge_alarm, forms.NameTicketInput, ticket=pk)

    @extend_schema(request=forms.ReviewInput)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "ticket.review", actions.review_times, forms.ReviewInput, ticket=pk)

    @extend_schema(responses=forms.TimelineShape)
    @action(detail=True)
    def timeline(self, request: Request, pk: str) -> Response:
        """What each clock did from the opening on, and why: every minute is explained."""
        ticket = get_object_or_404(self.get_queryset().select_related("policy__calendar"), pk=pk)
        return Response(forms.TimelineShape(figures.timeline(ticket)).data)


class CauseViewSet(HistoryViewSet):
    shape = "cause"
    serializer_class = forms.CauseShape
    filterset_fields = ("customer", "site", "asset", "chip", "state", "member")
    ordering = ("-received_at", "-id")

    def seen(self) -> Any:
        return Cause.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.CauseInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "cause.change", actions.change_cause, forms.ChangeCauseInput)

    @extend_schema(request=forms.SettleCauseInput)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "cause.settle", actions.settle_cause, forms.SettleCauseInput, cause=pk)


class MessageViewSet(ShapeViewSet):
    shape = "message"
    serializer_class = forms.MessageShape
    filterset_fields = ("ticket", "member", "audience")

    def seen(self) -> Any:
        return Message.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.WriteMessageInput, responses={201: forms.MessageShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "message.write", actions.write_message, forms.WriteMessageInput, status=201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "message.withdraw", actions.withdraw_message, forms.WithdrawMessageInput, message=pk)


class HelpViewSet(ShapeViewSet):
    shape = "help"
    serializer_class = forms.HelpShape
    filterset_fields = ("ticket", "member", "engineer")

    def seen(self) -> Any:
        return Help.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.AskHelpInput, responses={201: forms.HelpShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "help.ask", actions.ask_help, forms.AskHelpInput, status=201)

    @extend_schema(request=forms.AnswerHelpInput)
    @action(detail=True, methods=["post"], url_path="answer")
    def give_answer(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "help.answer", actions.answer_help, forms.AnswerHelpInput, help=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "help.withdraw", actions.withdraw_help, forms.WithdrawHelpInput, help=pk)


class SetUpViewSet(ShapeViewSet):
    """What every member reads and administrators set up."""

    permission_classes = (IsMember, IsAdminToWrite)
    remove_action: ClassVar[Callable[..., Any]] = staticmethod(actions.remove_row)

    def seen(self) -> Any:
        return self.model.objects.alive()

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> HttpResponse:
        self.change(request, pk, f"{self.shape}.remove", self.remove_action, Input)
        return HttpResponse(status=204)


class ChipViewSet(SetUpViewSet):
    shape = "chip"
    serializer_class = forms.ChipShape
    filterset_fields = ("sort",)
    ordering = ("sort", "place", "id")

    @extend_schema(request=forms.AddChipInput, responses={201: forms.ChipShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "chip.add", actions.add_chip, forms.AddChipInput)

    @extend_schema(request=forms.ChipInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "chip.change", actions.change_chip, forms.ChipInput)


class CalendarViewSet(SetUpViewSet):
    shape = "business_calendar"
    serializer_class = forms.CalendarShape
    ordering = ("name", "id")
    remove_action = staticmethod(actions.remove_calendar)

    @extend_schema(request=forms.AddCalendarInput, responses={201: forms.CalendarShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "business_calendar.add", actions.add_calendar, forms.AddCalendarInput)

    @extend_schema(request=forms.CalendarInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "business_calendar.change", actions.change_calendar, forms.CalendarInput)


class PolicyViewSet(SetUpViewSet):
    shape = "sla_policy"
    serializer_class = forms.PolicyShape
    filterset_fields = ("customer", "severity", "calendar")
    remove_action = staticmethod(actions.remove_policy)

    def seen(self) -> Any:
        return SlaPolicy.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.AddPolicyInput, responses={201: forms.PolicyShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "sla_policy.add", actions.add_policy, forms.AddPolicyInput)

    @extend_schema(request=forms.PolicyInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "sla_policy.change", actions.change_policy, forms.PolicyInput)


class TicketFiguresView(APIView):
    """How well promises are kept and what comes back, over a year, of the tickets one sees."""

    @extend_schema(responses=forms.TicketFiguresShape)
    def get(self, request: Request) -> Response:
        return Response(forms.TicketFiguresShape(figures.of_a_year(request.user.member)).data)  # type: ignore[union-attr]


class StartView(APIView):
    """Gives an organization that has set up nothing yet something to begin with. Asked twice it adds nothing."""

    permission_classes = (IsAdmin,)

    @extend_schema(request=None, responses={200: forms.StartedShape})
    def post(self, request: Request) -> Response:
        with changes.unit("tickets.start", by=actor_of(request)) as unit:
            made = actions.start_tickets(unit, unit.member.organization)
        return Response(forms.StartedShape({"made": made}).data)
