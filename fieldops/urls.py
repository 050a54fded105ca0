"""Every address of the installation. tests/fieldops/test_access.py fails when one has no row in its table."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from core import api as core_api
from customers.api import (
    AssetViewSet,
    ConflictViewSet,
    ContactViewSet,
    CustomerViewSet,
    MoveViewSet,
    ProductViewSet,
    SiteViewSet,
)
from fieldops import health, shell
from needs.api import (
    AnswerViewSet,
    AskingViewSet,
    FiguresView,
    JoiningViewSet,
    NeedViewSet,
    QuestionViewSet,
    ReplyViewSet,
    TallyViewSet,
    ThemeViewSet,
    VoiceViewSet,
)
from notices.api import NotificationViewSet, PreferenceViewSet
from people.api import (
    CsrfView,
    FreshnessView,
    MemberViewSet,
    MeView,
    OrganizationViewSet,
    TeamViewSet,
    TerritoryViewSet,
)
from people.console_api import ParkedViewSet, PhoneViewSet
from tickets.api import (
    CalendarViewSet,
    CauseViewSet,
    ChipViewSet,
    HelpViewSet,
    MessageViewSet,
    PolicyViewSet,
    StartView,
    TicketFiguresView,
    TicketViewSet,
)
from visits.api import CommentViewSet, CommitmentViewSet, VisitViewSet


def plural_of(shape: str) -> str:
    """territories, tallies, replies, and visits"""
    return f"{shape[:-1]}ies" if shape.endswith("y") else f"{shape}s"


router = SimpleRouter()
for viewset in (
    OrganizationViewSet,
    MemberViewSet,
    TeamViewSet,
    TerritoryViewSet,
    ProductViewSet,
    CustomerViewSet,
    SiteViewSet,
    ContactViewSet,
    AssetViewSet,
    ConflictViewSet,
    MoveViewSet,
    VisitViewSet,
    CommitmentViewSet,
    CommentViewSet,
    ThemeViewSet,
    NeedViewSet,
    TallyViewSet,
    VoiceViewSet,
    QuestionViewSet,
    AskingViewSet,
    AnswerViewSet,
    JoiningViewSet,
    ReplyViewSet,
    ChipViewSet,
    CalendarViewSet,
    PolicyViewSet,
    TicketViewSet,
    CauseViewSet,
    MessageViewSet,
    HelpViewSet,
    NotificationViewSet,
    PreferenceViewSet,
):
    router.register(plural_of(viewset.shape), viewset, basename=viewset.shape)

router.register("parked", ParkedViewSet, basename="parked")
router.register("phones", PhoneViewSet, basename="phone")

api = [
    path("csrf/", CsrfView.as_view(), name="csrf"),
    path("me/", MeView.as_view(), name="me"),
    path("needs/figures/", FiguresView.as_view(), name="figures"),
    path("tickets/figures/", TicketFiguresView.as_view(), name="ticket_figures"),
    path("tickets/start/", StartView.as_view(), name="start_tickets"),
    path("freshness/", FreshnessView.as_view(), name="freshness"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    *router.urls,
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include(api)),
    # The sign-in package offers more than FieldOps does: an administrator sets addresses, and whoever forgot a
    # password signs in by the code. What nobody needs would only tell who is known here.
    re_path(r"^_allauth/browser/v1/(?:account/(?:email|phone)|auth/(?:email|phone|password)/)", core_api.not_found),
    path("_allauth/", include("allauth.headless.urls")),
    re_path(r"^(?:api|_allauth)/", core_api.not_found, name="no-such-api"),
    path("admin/", admin.site.urls),
    # Everything else is a screen of the phone; names with a dot are files that do not exist.
    re_path(r"^(?!static/|assets/)[^.]*$", shell.shell, name="shell"),
]

handler404 = "core.api.not_found"
handler500 = "core.api.broken"
