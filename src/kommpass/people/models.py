"""Who is who: persons, organisations, the posts they hold, their roles, and how they get in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kommpass.domain.permissions import INSTALLATION_ROLES, TOWN_ROLES, Role
from kommpass.municipalities.scope import MunicipalModel


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. What they may do is said by their memberships; the mail address is the login."""

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    name = models.CharField(_("Name"), max_length=150)
    phone = models.CharField(_("Telefon"), max_length=50, blank=True)
    is_active = models.BooleanField(_("Zugang offen"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class InstallationRole(models.Model):
    """A role that holds for the whole installation: association office, review board, administrator."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="installation_roles")
    role = models.CharField(_("Rolle"), max_length=20, choices=[(role, role.label) for role in INSTALLATION_ROLES])

    class Meta:
        verbose_name = _("Rolle der Installation")
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_installation_role")]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()}"


class Organisation(MunicipalModel):
    """A department (Fachbereich), a provider (Träger) or another actor of the town."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("Fachbereich oder Amt")
        PROVIDER = "provider", _("Freier Träger")
        ASSOCIATION = "association", _("Verein oder Verband")
        COMPANY = "company", _("Unternehmen")
        SCHOOL = "school", _("Schule oder Kita")
        COUNTY = "county", _("Kreis oder Land")
        OTHER = "other", _("Weitere")

    name = models.CharField(_("Name"), max_length=150)
    short = models.CharField(_("Kurzzeichen"), max_length=20, blank=True)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    email = models.EmailField(_("Funktionspostfach"), blank=True)
    phone = models.CharField(_("Telefon"), max_length=50, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="one_organisation_per_name"),
        ]

    def __str__(self):
        return self.name

    @property
    def outside(self) -> bool:
        """Not a part of the town's administration: its agreement is asked before freezing."""
        return self.kind != self.Kind.DEPARTMENT


class Post(MunicipalModel):
    """A post (Stelle): things belong to posts, and people come and go. A deputy stands in for the holder."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="posts", verbose_name=_("Organisation")
    )
    title = models.CharField(_("Bezeichnung der Stelle"), max_length=150)
    holder = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="posts_held", verbose_name=_("Inhaber:in")
    )
    deputy = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts_deputised",
        verbose_name=_("Vertretung"),
    )
    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Stelle")
        verbose_name_plural = _("Stellen")
        ordering = ["organisation__name", "title"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "organisation", "title"], name="one_post_per_title"),
            models.CheckConstraint(
                condition=Q(holder=None) | Q(deputy=None) | ~Q(holder=F("deputy")),
                name="nobody_deputises_for_themselves",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.organisation}"


class Membership(MunicipalModel):
    """One role of one person in one town, perhaps for one organisation. It ends; it is not deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=20, choices=[(role, role.label) for role in TOWN_ROLES])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    since = models.DateTimeField(_("seit"), auto_now_add=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)

    class Meta:
        verbose_name = _("Mitwirkung")
        verbose_name_plural = _("Mitwirkungen")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user", "role", "organisation"],
                condition=Q(ended_at=None),
                nulls_distinct=None,
                name="one_running_membership",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {Role(self.role).label}"


class Invitation(MunicipalModel):
    """An invitation by mail: works once and expires. Only a digest of its token is kept."""

    email = models.EmailField(_("E-Mail-Adresse"))
    name = models.CharField(_("Name"), max_length=150)
    role = models.CharField(_("Rolle"), max_length=20, choices=[(role, role.label) for role in TOWN_ROLES])
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(_("eingeladen von"), max_length=200)
    inviter = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations_made")
    invited_at = models.DateTimeField(_("eingeladen am"))
    expires_at = models.DateTimeField(_("gültig bis"))
    accepted_at = models.DateTimeField(_("angenommen"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("zurückgezogen"), null=True, blank=True)
    undelivered = models.BooleanField(_("nicht zugestellt"), default=False)

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        ordering = ["-invited_at"]

    def __str__(self):
        return f"{self.name} · {Role(self.role).label}"


class ContributionLink(MunicipalModel):
    """A contribution link (Beitragslink): one organisation, one purpose, one subject, without account, expiring."""

    class Purpose(models.TextChoices):
        BUNDLE = "bundle", _("Fragen beantworten")
        MEASURES = "measures", _("Maßnahmen bestätigen")
        PROGRESS = "progress", _("Sachstand melden")
        OFFERS = "offers", _("Angebote bestätigen")

    purpose = models.CharField(_("Zweck"), max_length=20, choices=Purpose)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="links")
    subject = models.PositiveBigIntegerField(_("Gegenstand"), default=0)
    email = models.EmailField(_("gesendet an"))
    issued_at = models.DateTimeField(_("gesendet"))
    expires_at = models.DateTimeField(_("gültig bis"))
    revoked_at = models.DateTimeField(_("gesperrt"), null=True, blank=True)
    undelivered = models.BooleanField(_("nicht zugestellt"), default=False)

    class Meta:
        verbose_name = _("Beitragslink")
        verbose_name_plural = _("Beitragslinks")
        ordering = ["-issued_at"]

    def __str__(self):
        return f"{self.get_purpose_display()} · {self.organisation}"


class CalendarKey(models.Model):
    """The secret address of somebody's calendar feed (Kalenderadresse). Only a digest of it is kept."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_key")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("angelegt am"))

    class Meta:
        verbose_name = _("Kalenderadresse")
        verbose_name_plural = _("Kalenderadressen")

    def __str__(self):
        return f"{self.person}"
