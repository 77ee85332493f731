"""The tables' columns by name, for the queries: `approach.c.outcome`."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Select, Table, literal_column
from sqlmodel import SQLModel

from placement_tui.db import tables


def _table(model: type[SQLModel]) -> Table:
    return cast(Table, cast(Any, model).__table__)


def columns_of(model: type[SQLModel]) -> Any:
    """The columns of a table's class, by name."""
    return _table(model).columns


@cache
def names_of(model: type[SQLModel]) -> tuple[str, ...]:
    """The names of a table's columns."""
    return tuple(column.name for column in _table(model).columns)


def live(query: Select[Any], *of: Table) -> Select[Any]:
    """The query over rows that are not struck out."""
    return query.where(*(table.c.struck_at.is_(None) for table in of))


setting = _table(tables.Setting)
officer = _table(tables.Officer)
authority = _table(tables.Authority)
district = _table(tables.District)
constituency = _table(tables.Constituency)
provider = _table(tables.Provider)
home = _table(tables.Home)
grade = _table(tables.Grade)
vacancy = _table(tables.Vacancy)
child = _table(tables.Child)
referral = _table(tables.Referral)
referral_child = _table(tables.ReferralChild)
need = _table(tables.Need)
wave = _table(tables.Wave)
approach = _table(tables.Approach)
offer = _table(tables.Offer)
placement = _table(tables.Placement)
ending = _table(tables.Ending)
factor = _table(tables.Factor)
lesson = _table(tables.Lesson)
told = _table(tables.Told)
device = _table(tables.Device)
operation = _table(tables.Operation)
arrival: ColumnElement[int] = literal_column(
    "operation.rowid", BigInteger
)  # the order in which operations arrived here
draft = _table(tables.Draft)
local = _table(tables.Local)
attempt = _table(tables.Attempt)
erasure = _table(tables.Erasure)
hold = _table(tables.Hold)
exemption = _table(tables.Exemption)
sibling_group = _table(tables.SiblingGroup)
task = _table(tables.Task)
sign_off = _table(tables.SignOff)
override = _table(tables.Override)
deprivation = _table(tables.Deprivation)
unregistered = _table(tables.Unregistered)
kinship = _table(tables.Kinship)
hand_over = _table(tables.HandOver)
rota = _table(tables.Rota)
profile = _table(tables.Profile)
risk = _table(tables.Risk)
sent = _table(tables.Sent)
contact = _table(tables.Contact)
visit = _table(tables.Visit)
concern = _table(tables.Concern)
voice = _table(tables.Voice)
block_bed = _table(tables.BlockBed)
suspension = _table(tables.Suspension)
boundary = _table(tables.Boundary)
benchmark = _table(tables.Benchmark)
others_bed = _table(tables.OthersBed)
care = _table(tables.Care)
legal_status = _table(tables.LegalStatus)
missing = _table(tables.Missing)
review = _table(tables.Review)
held = _table(tables.Held)
permanence_plan = _table(tables.PermanencePlan)
permanence_step = _table(tables.PermanenceStep)
step_down = _table(tables.StepDown)
early_warning = _table(tables.EarlyWarning)
summary = _table(tables.Summary)
