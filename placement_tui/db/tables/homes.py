"""Providers and homes: what they are, how they were judged, what they say is free."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Text, text
from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, listed, must_time, text_column, time_column, zero


class Provider(Record, table=True):
    """The organisation that runs homes or fostering households; the council itself is the one with sector `own`."""

    name: str = Field(index=True)
    sector: str = "unknown"
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    tier: int | None = None
    route: str | None = None
    note: str = text_column()
    urn: str | None = None
    merged_into_id: UUID | None = Field(default=None, foreign_key="provider.id")


class Home(Record, table=True):
    """Where a child would live: a registered setting, or a fostering household with its terms of approval.

    `listed_on` is the day of the latest public register that lists it; `said` names the fields that the team's own list
    says, which a register leaves alone. The address of a `restricted` home is not public: Ofsted sent it to the authority
    alone. A home that is `past` is known from an old return only and is never offered.
    """

    __table_args__ = (
        listed("home", "kind"),
        listed("home", "others_children", where="others_children is not null"),
        CheckConstraint("places is null or places >= 0", name="home_places"),
    )

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    urn: str | None = Field(default=None, index=True)
    name: str = ""
    kind: str
    provision_type: str = ""
    registered: bool = True
    registration_status: str = ""
    registered_on: date | None = None
    address: str = ""
    town: str = ""
    postcode: str | None = None
    easting: int | None = None
    northing: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    location: str | None = None
    authority: str | None = None
    area: str = ""
    constituency: str = ""
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    places: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None
    tier: int | None = None
    route: str | None = None
    weekly_pence: int | None = None
    grade: str | None = None
    graded_on: date | None = None
    short_breaks_only: bool = False
    suspended: str | None = None
    reference: str | None = Field(default=None, index=True)
    listed_on: date | None = None
    said: list[str] = json_column(list)
    note: str = text_column()
    others_children: int | None = None
    others_said_at: datetime | None = time_column()
    on_rota: bool = zero()
    restricted: bool = zero()
    past: bool = zero()
    conditions: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")})
    deregistered_on: date | None = None
    place: str | None = None
    place_provider: str | None = None


class Grade(Record, table=True):
    """One judgement of a home by its inspectorate; the history of them."""

    home_id: UUID = Field(foreign_key="home.id", index=True)
    overall: str
    help: str | None = None
    leaders: str | None = None
    inspected_on: date | None = None
    source: str = ""


class Vacancy(Record, table=True):
    """Beds said to be free: who said so and when. Only the latest said of a home counts."""

    __table_args__ = (
        listed("vacancy", "home_id", "said_at"),
        listed("vacancy", "said_at"),
        listed("vacancy", "from_on", where="from_on is not null"),
        listed("vacancy", "until_on", where="until_on is not null"),
        CheckConstraint("beds >= 0", name="vacancy_beds"),
    )

    home_id: UUID = Field(foreign_key="home.id")
    beds: int
    said_at: datetime = must_time()
    said_by: str = ""
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    expected: bool = zero()
    from_on: date | None = None
    until_on: date | None = None
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None
    note: str = text_column()


class OthersBed(Record, table=True):
    """Beds of a home that hold other authorities' children: how many, of whom, since when. Only the latest said counts."""

    __tablename__: ClassVar[Any] = "others_bed"
    __table_args__ = (CheckConstraint("beds >= 0", name="others_bed_beds"),)

    home_id: UUID = Field(foreign_key="home.id", index=True)
    authority: str = ""
    beds: int
    since_on: date | None = None
    said_at: datetime = must_time()
    said_by: str = ""
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")


class Hold(Record, table=True):
    """Beds that a home keeps for us, until when, by whose word."""

    __table_args__ = (
        listed("hold", "until_at", where="released_at is null"),
        CheckConstraint("beds > 0", name="hold_beds"),
    )

    home_id: UUID = Field(foreign_key="home.id", index=True)
    referral_id: UUID | None = Field(default=None, foreign_key="referral.id", index=True)
    beds: int = 1
    held_at: datetime = must_time()
    until_at: datetime | None = time_column()
    said_by: str = ""
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    released_at: datetime | None = time_column()


class Exemption(Record, table=True):
    """Leave to foster more than the usual limit: it names the child, and who gave it (Sch 7 Children Act 1989)."""

    home_id: UUID = Field(foreign_key="home.id", index=True)
    child_id: UUID = Field(foreign_key="child.id", index=True)
    given_by: str = ""
    from_on: date
    until_on: date | None = None
    why: str = text_column()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
