"""The tables, and only them. Each carries one of the product's words.

A `Record` is journaled: every change of it becomes an operation in the same transaction. `Draft` and `Local` belong to
this store alone and are not; `Operation` is the journal itself. Table models do not validate: `placement_tui.domain`
holds the checked inputs.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from placement_tui.db.types import UtcDateTime
from placement_tui.domain.identifiers import new_id


def _time(index: bool = False) -> Any:
    return Field(default=None, sa_type=UtcDateTime, index=index)


def _must_time() -> Any:
    return Field(sa_type=UtcDateTime)


def _json(default: Any) -> Any:
    return Field(default_factory=default, sa_type=JSON)


def _text() -> Any:
    return Field(default="", sa_type=Text)


def _live(table: str, *columns: str, where: str = "") -> Index:
    """An index over the rows that a screen lists; `where` narrows it to the few that are open."""
    name = "_".join(("ix", table, *columns)) + ("_open" if where else "")
    only = text(where) if where else None
    return Index(name, *columns, sqlite_where=only, postgresql_where=only)


class Record(SQLModel):
    """What every journaled row has: an identifier made offline, and the mark of a row struck out."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    struck_at: datetime | None = _time()


class Setting(Record, table=True):
    """One of the council's own choices; its id is derived from its name, so that two stores agree on it."""

    name: str = Field(unique=True)
    value: Any = Field(default=None, sa_column=Column(JSON))


class Officer(Record, table=True):
    """Someone who works with the store; `slot` names the key slot that opens it for them."""

    name: str
    initials: str
    role: str = "officer"
    disabled_at: datetime | None = _time()


class Authority(Record, table=True):
    """An upper-tier authority, as imported."""

    gss: str = Field(index=True)
    other_gss: str | None = None
    dfe_code: str = ""
    name: str = ""
    kind: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    neighbours: list[str] = _json(list)
    statistical_neighbours: list[str] = _json(list)


class District(Record, table=True):
    """A district and the upper-tier authority that it lies in."""

    code: str = Field(index=True)
    name: str = ""
    authority: str = ""


class Constituency(Record, table=True):
    """A parliamentary constituency and its centroid: where a home is placed whose address is not public."""

    code: str = ""
    name: str = Field(index=True)
    easting: int | None = None
    northing: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    authorities: list[str] = _json(list)
    authority_codes: list[str] = _json(list)


class Provider(Record, table=True):
    """The organisation that runs homes or fostering households; the council itself is the one with sector `own`."""

    name: str = Field(index=True)
    sector: str = "unknown"
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    tier: int | None = None
    route: str | None = None
    note: str = _text()


class Home(Record, table=True):
    """Where a child would live: a registered setting, or a fostering household with its terms of approval.

    `listed_on` is the day of the latest public register that lists it; `said` names the fields that the team's own list
    says, which a register leaves alone.
    """

    __table_args__ = (CheckConstraint("places is null or places >= 0", name="home_places"),)

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
    said: list[str] = _json(list)
    note: str = _text()


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

    __table_args__ = (_live("vacancy", "home_id", "said_at"), CheckConstraint("beds >= 0", name="vacancy_beds"))

    home_id: UUID = Field(foreign_key="home.id")
    beds: int
    said_at: datetime = _must_time()
    said_by: str = ""
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    from_on: date | None = None
    until_on: date | None = None
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None
    note: str = _text()


class Child(Record, table=True):
    """A child; the name is optional and never on a list."""

    identifier: str = Field(index=True)
    initials: str
    name: str = ""
    born_on: date | None = None
    age_said: int | None = None
    age_said_on: date | None = None
    sex: str = "U"
    home_postcode: str | None = None
    easting: int | None = None
    northing: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    location: str | None = None
    authority: str | None = None


class Referral(Record, table=True):
    """A request for a home for one child or a sibling group."""

    __table_args__ = (_live("referral", "state", where="state = 'open'"),)

    reference: str = Field(index=True)
    received_at: datetime = _must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    state: str = "open"
    closed_at: datetime | None = _time()
    closed_reason: str | None = None
    wanted: list[str] = _json(list)
    urgency: str = "today"
    needed_by: datetime | None = _time()
    why_now: str = _text()
    tonight: str = _text()
    legal_status: str | None = None
    together: bool = True
    must_have: str = _text()
    nice_to_have: str = _text()
    avoid: str = _text()
    max_miles: float | None = None
    social_worker: str = ""
    social_worker_phone: str = ""
    note: str = _text()


class ReferralChild(Record, table=True):
    """One child of a referral; `position` keeps the order in which they were named."""

    __tablename__: ClassVar[Any] = "referral_child"

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    child_id: UUID = Field(foreign_key="child.id", index=True)
    position: int = 0


class Need(Record, table=True):
    """One need of the children of a referral, in the statutory vocabulary."""

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    child_id: UUID | None = Field(default=None, foreign_key="child.id", index=True)
    code: str
    note: str = _text()


class Wave(Record, table=True):
    """Approaches sent together."""

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    number: int
    sent_at: datetime = _must_time()
    emergency: bool = False


class Approach(Record, table=True):
    """One referral put to one provider or home: the heart of everything."""

    __table_args__ = (
        Index(
            "ix_approach_home_outcome_asked", "home_id", "outcome", "asked_at", "struck_at"
        ),  # covers the use of homes
        _live("approach", "outcome", where="outcome = 'awaiting'"),
        _live("approach", "call_back_at", where="call_back_at is not null"),
    )

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    home_id: UUID | None = Field(default=None, foreign_key="home.id")
    wave_id: UUID | None = Field(default=None, foreign_key="wave.id")
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    asked_at: datetime = _must_time()
    channel: str = "phone"
    miles: float | None = None
    rank: int | None = None
    outcome: str = "awaiting"
    answered_at: datetime | None = _time()
    answered_by: UUID | None = Field(default=None, foreign_key="officer.id")
    said_by: str = ""
    stage: str | None = None
    reason: str | None = None
    other_reasons: list[str] = _json(list)
    would_change: list[str] = _json(list)
    closing: str | None = None
    call_back_at: datetime | None = _time()
    note: str = _text()


class Offer(Record, table=True):
    """A home's yes: what it costs a week in pence, from when, and until when it stands."""

    __table_args__ = (
        _live("offer", "state", where="state = 'open'"),
        CheckConstraint("care_pence >= 0 and education_pence >= 0 and health_pence >= 0", name="offer_pence"),
    )

    approach_id: UUID = Field(foreign_key="approach.id", index=True)
    offered_at: datetime = _must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    care_pence: int = 0
    education_pence: int = 0
    health_pence: int = 0
    start_at: datetime | None = _time()
    expires_at: datetime | None = _time()
    conditions: str = _text()
    state: str = "open"
    decided_at: datetime | None = _time()
    decided_by: UUID | None = Field(default=None, foreign_key="officer.id")
    declined_reason: str | None = None
    note: str = _text()


class Placement(Record, table=True):
    """A child living in a home: what was wanted against what was got, from when to when, at whose cost."""

    __table_args__ = (_live("placement", "started_at", where="ended_on is null"),)

    child_id: UUID = Field(foreign_key="child.id", index=True)
    home_id: UUID = Field(foreign_key="home.id", index=True)
    referral_id: UUID | None = Field(default=None, foreign_key="referral.id", index=True)
    offer_id: UUID | None = Field(default=None, foreign_key="offer.id")
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    started_at: datetime = _must_time()
    planned_end_on: date | None = None
    ended_on: date | None = None
    type_wanted: str | None = None
    type_obtained: str = "other"
    provision: str | None = None
    place: str | None = None
    place_provider: str | None = None
    legal_status: str | None = None
    route: str | None = None
    care_pence: int = 0
    education_pence: int = 0
    health_pence: int = 0
    miles: float | None = None
    in_area: bool | None = None
    grade_at_start: str | None = None
    note: str = _text()


class Ending(Record, table=True):
    """How a placement ended: one statutory reason, its class, notice, warnings, what would have kept it going."""

    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    ended_on: date
    logged_at: datetime = _must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    reason: str
    reason_class: str
    notice_days: int | None = None
    warned: bool | None = None
    warnings: str = _text()
    stability_meeting: bool | None = None
    kept_going: str = _text()
    note: str = _text()


class Factor(Record, table=True):
    """One thing that contributed to an ending, and who says so."""

    ending_id: UUID = Field(foreign_key="ending.id", index=True)
    code: str
    said_by: str = "officer"
    main: bool = False


class Lesson(Record, table=True):
    """What the next home should know or have; it shows in the child's and the home's next search."""

    ending_id: UUID | None = Field(default=None, foreign_key="ending.id", index=True)
    child_id: UUID = Field(foreign_key="child.id", index=True)
    home_id: UUID = Field(foreign_key="home.id", index=True)
    learned_on: date
    lesson: str = Field(sa_column=Column(Text, nullable=False))
    needs: list[str] = _json(list)


class Told(Record, table=True):
    """Somebody to tell about a placement or an answer, and when they were told."""

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    approach_id: UUID | None = Field(default=None, foreign_key="approach.id")
    who: str
    what: str = ""
    told_at: datetime | None = _time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")


class Device(Record, table=True):
    """A store that writes: its letter marks the references that it gives out."""

    letter: str = ""
    name: str = ""


class Operation(SQLModel, table=True):
    """One change of one record: append-only, chained by hash per device, naming for each field what it replaces."""

    __table_args__ = (
        UniqueConstraint("device", "sequence", name="operation_device_sequence"),
        Index("ix_operation_officer_hlc", "officer_id", "hlc"),
    )

    id: UUID = Field(primary_key=True)
    device: UUID
    sequence: int
    hlc: int = Field(sa_type=BigInteger)
    at: datetime = _must_time()
    officer_id: UUID | None = None
    command: str
    intention: UUID = Field(index=True)
    undoes: UUID | None = None
    noun: str
    key: UUID = Field(index=True)
    fields: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    base: dict[str, list[str]] = _json(dict)
    salt: str = ""
    digest: str
    hash: str


class Draft(SQLModel, table=True):
    """A half-typed form, as typed; it belongs to this store and one officer, and goes when the form is saved."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    officer_id: UUID = Field(index=True)
    form: str
    about: str = ""
    typed: dict[str, Any] = _json(dict)
    saved_at: datetime = _must_time()


class Local(SQLModel, table=True):
    """What this store alone knows: its device, the end of its chain."""

    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=Column(JSON))


RECORDS: dict[str, type[Record]] = {str(table.__tablename__): table for table in Record.__subclasses__()}
