"""REST about needs: the same actions and inputs as the phone's entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import django_filters
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api import Filters
from customers.api import HistoryViewSet
from needs import actions, figures, grouping
from needs import serializers as forms
from needs.models import Answer, Asking, Joining, Need, Question, Reply, Tally, Theme, Voice
from sync.rest import ShapeViewSet


class ThemeViewSet(ShapeViewSet):
    shape = "theme"
    serializer_class = forms.ThemeShape
    ordering = ("name", "id")

    def seen(self) -> Any:
        return Theme.objects.restorable() if self.action == "restore" else Theme.objects.alive()

    @extend_schema(request=forms.ThemeInput, responses={201: forms.ThemeShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "theme.add", actions.add_theme, forms.ThemeInput, status=201)

    @extend_schema(request=forms.ThemeInput)
    @action(detail=True, methods=["post"])
    def rename(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "theme.rename", actions.rename_theme, forms.ThemeInput, theme=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "theme.remove", actions.remove_theme, forms.NameThemeInput, theme=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "theme.restore", actions.restore_theme, forms.NameThemeInput)


class NeedFilter(Filters):
    is_sorted = django_filters.BooleanFilter(method="by_title")
    is_head = django_filters.BooleanFilter(field_name="merged_into", lookup_expr="isnull")

    class Meta:
        model = Need
        fields = ("stage", "theme", "product", "owner", "member")

    def by_title(self, rows: Any, name: str, value: bool) -> Any:
        return rows.exclude(title="") if value else rows.filter(title="")


class NeedViewSet(HistoryViewSet):
    shape = "need"
    serializer_class = forms.NeedShape
    filterset_class = NeedFilter
    ordering = ("-received_at", "-id")

    def seen(self) -> Any:
        return Need.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.NoteNeedInput, responses={201: forms.NeedShape})
    def create(self, request: Request) -> HttpResponse:
        """A need of its own or, with the id of one that is seen, one more voice of it."""
        known = request.data.get("need") if isinstance(request.data, dict) else None
        named = {"need": known} if isinstance(known, str) else {}
        return self.do(request, "need.note", actions.note_need, forms.NoteNeedInput, status=201, **named)

    @extend_schema(request=forms.NeedInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "need.change", actions.change_need, forms.ChangeNeedInput)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.take", actions.take_need, forms.TakeInput, need=pk)

    @extend_schema(request=forms.HandOverInput)
    @action(detail=True, methods=["post"])
    def hand_over(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.hand_over", actions.hand_over_need, forms.HandOverInput, need=pk)

    @extend_schema(request=forms.ConfirmInput)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.confirm", actions.confirm_need, forms.ConfirmInput, need=pk)

    @extend_schema(request=forms.AcceptInput)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.accept", actions.accept_need, forms.AcceptInput, need=pk)

    @extend_schema(request=forms.DeclineInput)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.decline", actions.decline_need, forms.DeclineInput, need=pk)

    @extend_schema(request=forms.BuildInput)
    @action(detail=True, methods=["post"])
    def build(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.build", actions.build_need, forms.BuildInput, need=pk)

    @extend_schema(request=forms.MergeInput)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.merge", actions.merge_need, forms.MergeInput, need=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "need.unmerge", actions.unmerge_need, forms.UnmergeInput, need=pk)


class TallyViewSet(ShapeViewSet):
    """The heaviest first, whatever the day."""

    shape = "tally"
    serializer_class = forms.TallyShape
    ordering = ("-rank", "-id")

    def seen(self) -> Any:
        return Tally.objects.filter(need__in=Need.objects.alive().seen_by(self.member))


class VoiceFilter(Filters):
    is_observation = django_filters.BooleanFilter(field_name="sign", lookup_expr="isnull", exclude=True)
    group = django_filters.UUIDFilter(method="of_group", label="of this need and of all that are grouped under it")

    class Meta:
        model = Voice
        fields = ("need", "customer", "visit", "member", "how", "sign")

    def of_group(self, voices: Any, _name: str, need: UUID) -> Any:
        return voices.filter(need__in=grouping.group_of(need))


class VoiceViewSet(ShapeViewSet):
    """Voices and observations, newest first: neither is ranked."""

    shape = "voice"
    serializer_class = forms.VoiceShape
    filterset_class = VoiceFilter
    ordering = ("-received_at", "-id")

    def seen(self) -> Any:
        return Voice.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.ObserveInput, responses={201: forms.VoiceShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "voice.observe", actions.observe, forms.ObserveInput, status=201)

    @extend_schema(request=forms.AmendVoiceInput)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "voice.amend", actions.amend_voice, forms.AmendVoiceInput, voice=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "voice.withdraw", actions.withdraw_voice, forms.VoiceInput, voice=pk)

    @extend_schema(request=forms.PlaceInput)
    @action(detail=True, methods=["post"])
    def place(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "voice.place", actions.place_voice, forms.PlaceInput, voice=pk)


class QuestionViewSet(ShapeViewSet):
    shape = "question"
    serializer_class = forms.QuestionShape
    filterset_fields = ("need", "member")

    def seen(self) -> Any:
        return Question.objects.alive()

    @extend_schema(request=forms.AskInput, responses={201: forms.QuestionShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "question.ask", actions.ask_question, forms.AskInput, status=201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(
            request, "question.withdraw", actions.withdraw_question, forms.WithdrawQuestionInput, question=pk
        )


class AskingViewSet(ShapeViewSet):
    shape = "asking"
    serializer_class = forms.AskingShape
    filterset_fields = {"question": ["exact"], "customer": ["exact"], "closed_at": ["isnull"]}

    def seen(self) -> Any:
        return Asking.objects.alive().seen_by(self.member)


class AnswerViewSet(ShapeViewSet):
    shape = "answer"
    serializer_class = forms.AnswerShape
    filterset_fields = ("asking", "customer", "value")

    def seen(self) -> Any:
        return Answer.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.AnswerInput, responses={201: forms.AnswerShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "asking.answer", actions.answer_asking, forms.AnswerInput, status=201)


class JoiningViewSet(ShapeViewSet):
    shape = "joining"
    serializer_class = forms.JoiningShape
    filterset_fields = ("visit", "need", "state")

    def seen(self) -> Any:
        return Joining.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.JoinInput, responses={201: forms.JoiningShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "joining.ask", actions.ask_to_join, forms.JoinInput, status=201)

    @extend_schema(request=forms.AnswerJoiningInput)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "joining.accept", actions.accept_joining, forms.AnswerJoiningInput, joining=pk)

    @extend_schema(request=forms.AnswerJoiningInput)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "joining.refuse", actions.refuse_joining, forms.AnswerJoiningInput, joining=pk)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "joining.withdraw", actions.withdraw_joining, forms.WithdrawJoiningInput, joining=pk)


class ReplyViewSet(ShapeViewSet):
    shape = "reply"
    serializer_class = forms.ReplyShape
    filterset_fields = ("need", "customer", "member", "state")

    def seen(self) -> Any:
        return Reply.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.EditReplyInput)
    @action(detail=True, methods=["post"], url_path="edit")
    def edit_text(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "reply.edit", actions.edit_reply, forms.EditReplyInput, reply=pk)

    @extend_schema(request=forms.TellInput)
    @action(detail=True, methods=["post"])
    def tell(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "reply.tell", actions.tell_reply, forms.TellInput, reply=pk)

    @extend_schema(request=forms.AnswerReplyInput)
    @action(detail=True, methods=["post"], url_path="answer")
    def hear(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "reply.answer", actions.answer_reply, forms.AnswerReplyInput, reply=pk)


class FiguresView(APIView):
    """How well the loop is closed: the rate, and the median days a need spends at each stage."""

    @extend_schema(responses=forms.FiguresShape)
    def get(self, request: Request) -> Response:
        return Response(forms.FiguresShape(figures.of_a_year()).data)
