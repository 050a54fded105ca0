"""REST over shapes: lists and single rows are the very texts that phones hold, with ETag = rv."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from core import clock, tenancy
from core.api import CursorPages
from core.errors import FIELD_TYPE, NOT_FOUND, VERSION_REQUIRED, VERSION_STALE, Problem
from core.inputs import Input, read_input
from core.models import Identified
from core.schema import with_version
from sync import changes
from sync.changes import Actor
from sync.models import RowText
from sync.pull import READER
from sync.registry import registry


def texts_of(shape: str, ids: Sequence[UUID], *, using: str = READER) -> list[bytes]:
    """The stored texts of these rows in this order, each with its rv in front."""
    known = RowText.objects.using(using).filter(organization_id=tenancy.require_id(), shape=shape, row_id__in=list(ids))
    found = {text.row_id: text for text in known}
    return [_with_rv(found[id]) for id in ids if id in found]


def _with_rv(row: RowText) -> bytes:
    return f'{{"rv":"{row.rv}",{row.text[1:]}'.encode()


def require_version(request: Request, shape: str, row_id: UUID) -> None:
    """Inside a unit, with the row locked. Raises version_required or version_stale."""
    wanted = request.headers.get("If-Match")
    if not wanted:
        raise Problem(VERSION_REQUIRED)
    text = RowText.objects.filter(organization_id=tenancy.require_id(), shape=shape, row_id=row_id).first()
    current = f'"{text.rv}"' if text else ""
    if wanted.strip() != "*" and current not in {part.strip() for part in wanted.split(",")}:
        raise Problem(VERSION_STALE)


def actor_of(request: Request) -> Actor:
    """Whoever sends this REST request, acting now."""
    return Actor(member=request.user.member, door="rest", at=clock.now())  # type: ignore[union-attr]


class ShapePages(CursorPages):
    """Cursor pages whose rows are handed out as stored."""

    def get_paginated_texts(self, texts: Iterable[bytes]) -> HttpResponse:
        link = self.get_next_link()
        start = b'{"next":' + (f'"{link}"'.encode() if link else b"null") + b',"results":['
        return HttpResponse(start + b",".join(texts) + b"]}", content_type="application/json")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        items = with_version(schema.get("items", schema))
        return super().get_paginated_response_schema({"type": "array", "items": items})


class ShapeViewSet(GenericViewSet[Any]):
    """Reading one shape by REST. Rooms add their verbs as actions of a few lines."""

    shape: ClassVar[str]
    pagination_class = ShapePages
    lookup_value_regex = "[0-9a-fA-F-]{36}"
    ordering: ClassVar[tuple[str, ...]] = ("-id",)

    @property
    def member(self) -> Any:
        """Whoever asks."""
        return self.request.user.member  # type: ignore[union-attr]

    def seen(self) -> Any:
        """The rows this member may see."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.seen_for_schema()
        return self.seen().using(READER)

    def seen_for_schema(self) -> Any:
        return self.model._base_manager.none()

    def list(self, request: Request) -> HttpResponse:
        rows = self.filter_queryset(self.get_queryset()).order_by(*self.ordering)
        pages = ShapePages()
        pages.ordering = self.ordering
        page = pages.paginate_queryset(rows.only(*self._page_fields()), request, view=self)
        return pages.get_paginated_texts(texts_of(self.shape, [row.pk for row in page or ()]))

    def retrieve(self, request: Request, pk: str) -> HttpResponse:
        row = get_object_or_404(self.get_queryset().only("pk"), pk=_uuid(pk))
        return self.answer(row.pk, using=READER)

    def answer(self, id: UUID, *, status: int = 200, using: str = "default") -> HttpResponse:
        """One row as it stands, with its version as ETag."""
        texts = texts_of(self.shape, [id], using=using)
        if not texts:
            raise Http404
        response = HttpResponse(texts[0], status=status, content_type="application/json")
        response["ETag"] = f'"{texts[0][7:23].decode()}"'
        return response

    def make(self, request: Request, verb: str, action: Callable[..., Identified], form: type[Input]) -> HttpResponse:
        """Creates a row by an action in one unit."""
        values = read_input(form, request.data)
        with changes.unit(verb, by=actor_of(request)) as unit:
            row = action(unit, **values)
        return self.answer(row.pk, status=201)

    def change(
        self, request: Request, pk: str, verb: str, action: Callable[..., Identified], form: type[Input]
    ) -> HttpResponse:
        """Changes a shared row, provided the sender has seen its newest version (If-Match)."""
        values = read_input(form, request.data)
        with changes.unit(verb, by=actor_of(request)) as unit:
            row = get_object_or_404(self.seen().select_for_update(), pk=_uuid(pk))
            require_version(request, self.shape, row.pk)
            action(unit, row, **values)
        return self.answer(row.pk)

    def edit(
        self, request: Request, pk: str, verb: str, action: Callable[..., Identified], form: type[Input]
    ) -> HttpResponse:
        """As ``change``, by the very action and input of the phone's entry. Whoever has seen the newest version meets
        nobody else's edit, so nothing is merged here."""
        if not isinstance(request.data, dict):
            raise Problem(FIELD_TYPE, field="")
        values = read_input(form, {**request.data, self.shape: pk})
        with changes.unit(verb, by=actor_of(request)) as unit:
            row = get_object_or_404(self.seen().select_for_update(), pk=_uuid(pk))
            require_version(request, self.shape, row.pk)
            action(unit, **values)
        return self.answer(row.pk)

    def do(
        self,
        request: Request,
        verb: str,
        action: Callable[..., Identified],
        form: type[Input],
        *,
        status: int = 200,
        **address: str,
    ) -> HttpResponse:
        """A verb on a fact, with the same input as the phone's entry; ``address`` is the row named in the URL.

        A row that exists and is not seen is not there; one that does not exist may be made by the verb.
        """
        if not isinstance(request.data, dict):
            raise Problem(FIELD_TYPE, field="")
        values = read_input(form, {**request.data, **address})
        for name, pk in address.items():
            if self.model.objects.filter(pk=_uuid(pk)).exists() and not self.seen().filter(pk=_uuid(pk)).exists():
                raise Problem(NOT_FOUND, field=name)  # as the action says it of one that does not exist
        with changes.unit(verb, by=actor_of(request)) as unit:
            row = action(unit, **values)
        return self.answer(row.pk, status=status)

    @property
    def model(self) -> type[Identified]:
        return registry.shapes[self.shape].model

    def _page_fields(self) -> Sequence[str]:
        return ["pk", *{name.lstrip("-") for name in self.ordering}]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
