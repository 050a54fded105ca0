"""Organizations and the people in them."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from core.models import Identified, Row, RowQuerySet, TenantManager


class Organization(Identified):
    """One company using FieldOps. Organizations share an installation and never see each other."""

    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60, default="Asia/Seoul")
    currency = models.CharField(max_length=3, default="KRW")
    language = models.CharField(max_length=2, default="ko")

    objects = models.Manager()

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A login. What the person may do hangs on the member, except for the installation's operator (is_staff)."""

    email = models.EmailField(unique=True, help_text="Kept in lower case.")
    language = models.CharField(max_length=2, default="ko")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email


class Team(Row):
    name = models.CharField(max_length=80)
    lead = models.ForeignKey("people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="one_team_per_name")]

    def __str__(self) -> str:
        return self.name


class Territory(Row):
    """담당 구역: the customers given to some reps."""

    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "territories"
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="one_territory_per_name")]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(RowQuerySet["Member"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def of_teams_led_by(self, member: Member) -> Self:
        """Members of the teams this member leads, and of the own team of a manager."""
        led = models.Q(team__lead=member)
        if member.role == Member.Role.MANAGER and member.team_id:
            led |= models.Q(team_id=member.team_id)
        return self.filter(led)


class Member(Row):
    """A person in an organization: a role gives rights, a job chooses the tabs."""

    class Role(models.TextChoices):
        REP = "rep"
        ENGINEER = "engineer"
        MANAGER = "manager"
        EXECUTIVE = "executive"

    class Job(models.TextChoices):
        SALES = "sales"
        TECHNICAL = "technical"
        RND = "rnd"
        PRODUCTION = "production"
        MANAGEMENT = "management"

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="member")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10, choices=Role, default=Role.REP)
    job = models.CharField(max_length=10, choices=Job, default=Job.SALES)
    is_admin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    territories = models.ManyToManyField(Territory, blank=True, related_name="members")

    objects = TenantManager.from_queryset(MemberQuerySet)()

    def __str__(self) -> str:
        return self.name

    @property
    def reads_everything(self) -> bool:
        return self.is_admin or self.role in {self.Role.ENGINEER, self.Role.EXECUTIVE}

    def leads(self, other: Member) -> bool:
        """Whether this member answers for the other: leads the team, or administers all."""
        return self.is_admin or (other.team is not None and other.team.lead_id == self.pk)

    def territories_read(self) -> frozenset[UUID] | None:
        """Ids of the territories whose customers this member reads; None for all of them.

        Asked once per instance: an instance lives as long as a request or a unit, and rights hold as of then.
        """
        if self._territories_read is None and not self.reads_everything:
            self._territories_read = self.own_territories() | self._team_territories()
        return self._territories_read

    _territories_read: frozenset[UUID] | None = None
    loaded_territories: list[UUID] | None = None  # when they were read for many members at once

    def own_territories(self) -> frozenset[UUID]:
        return frozenset(self.territories.values_list("pk", flat=True))

    def _team_territories(self) -> frozenset[UUID]:
        if self.role != self.Role.MANAGER and not self.leads_a_team:
            return frozenset()
        team = Member.objects.of_teams_led_by(self).filter(territories__isnull=False)
        return frozenset(team.values_list("territories", flat=True))

    @property
    def leads_a_team(self) -> bool:
        return Team.objects.filter(lead=self).exists()
