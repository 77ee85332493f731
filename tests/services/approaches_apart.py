"""The figures of refusals and offers worked out a second time, another way: pandas over the store's plain rows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.codes.refusals import FAMILIES, REFUSALS, STAGES, WOULD_CHANGE
from placement_tui.domain.insight import Report

Shares = dict[tuple[str, str], tuple[int, int]]  # block and row -> numerator and denominator
_LONDON = ZoneInfo("Europe/London")


def frame(raw: Any, first: date, last: date) -> pd.DataFrame:
    """Every standing approach made in a time, with what is known of its home, provider and profile."""
    sql = """
        SELECT a.id, a.referral_id, a.asked_at, a.answered_at, a.outcome, a.closing, a.reason, a.stage, a.would_change, a.miles,
               a.reopens_id, h.kind, coalesce(nullif(h.tier, 0), p.tier, 0) AS tier, p.name AS provider, a.provider_id, w.score
        FROM approach a JOIN referral r ON r.id = a.referral_id JOIN provider p ON p.id = a.provider_id
        LEFT JOIN home h ON h.id = a.home_id LEFT JOIN wave w ON w.id = a.wave_id
        WHERE a.struck_at IS NULL AND r.struck_at IS NULL
    """
    cursor = raw.execute(sql)
    rows = pd.DataFrame.from_records(cursor.fetchall(), columns=[each[0] for each in cursor.description])
    asked = pd.to_datetime(rows["asked_at"], utc=True)
    local = asked.dt.tz_convert(_LONDON)
    rows["month"] = local.dt.strftime("%b %Y").str.lstrip("0")
    rows["hours"] = (
        (pd.to_datetime(rows["answered_at"], utc=True).dt.floor("s") - asked.dt.floor("s")).dt.total_seconds() // 60
    ) / 60
    rows["taken_back"] = (rows["outcome"] == "withdrawn") & (rows["closing"] == "OW")
    rows["refused"] = rows["outcome"] == "refusal"
    rows["offered"] = (rows["outcome"] == "offer") | rows["taken_back"]
    rows["answered"] = rows["refused"] | rows["offered"]
    rows["silent"] = rows["outcome"] == "no_reply"
    rows["concluded"] = rows["answered"] | rows["silent"]
    inside = (local.dt.date >= first) & (local.dt.date <= last)
    return rows[inside].reset_index(drop=True)


def of_children(raw: Any) -> dict[str, pd.DataFrame]:
    """Referrals with each need, each band of age and each sex that stands under them, once each."""
    sql = """
        SELECT rc.referral_id, r.received_at, c.born_on, c.age_said, c.age_said_on, c.sex FROM referral_child rc
        JOIN referral r ON r.id = rc.referral_id JOIN child c ON c.id = rc.child_id
        WHERE rc.struck_at IS NULL AND c.struck_at IS NULL
    """
    ages, sexes = [], []
    for referral, received, born, said, said_on, sex in raw.execute(sql):
        day = pd.Timestamp(received, tz="UTC").tz_convert(_LONDON).date()
        ages.append((referral, _band(_age(day, born, said, said_on))))
        sexes.append((referral, {"M": "Boys", "F": "Girls"}.get(sex, "Not known or not said")))
    needs = [
        (key, NEEDS.label(code))
        for key, code in raw.execute("SELECT referral_id, code FROM need WHERE struck_at IS NULL")
    ]
    made = {"age": ages, "sex": sexes, "need": needs}
    return {name: pd.DataFrame(rows, columns=["referral_id", name]).drop_duplicates() for name, rows in made.items()}


def _age(day: date, born: str | None, said: int | None, said_on: str | None) -> int | None:
    if born is not None:
        birth = date.fromisoformat(born)
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    if said is None:
        return None
    then = date.fromisoformat(said_on) if said_on else day
    return said + (day.year - then.year - ((day.month, day.day) < (then.month, then.day)) if then <= day else 0)


def _band(age: int | None) -> str:
    if age is None:
        return "not known"
    return (
        "under 1"
        if age < 1
        else "1 to 4"
        if age < 5
        else "5 to 9"
        if age < 10
        else "10 to 15"
        if age < 16
        else "16 and 17"
    )


def by(rows: pd.DataFrame, raw: Any, name: str, told: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows, each as often as it stands under a value of a dimension, with that value's words in `of`."""
    if name in told:
        found = rows.merge(told[name], on="referral_id").rename(columns={name: "of"})
        none = {"age": "not known", "sex": "Not known or not said", "need": "No need written down"}[name]
        rest = rows[~rows["referral_id"].isin(told[name]["referral_id"])].assign(of=none)
        return pd.concat([found, rest])
    if name == "change":
        wide = rows.assign(of=rows["would_change"].map(json.loads)).explode("of").dropna(subset="of")
        return wide.assign(of=wide["of"].map(WOULD_CHANGE.label)).drop_duplicates(["id", "of"])
    return rows.assign(of=_single(rows, name))


def _single(rows: pd.DataFrame, name: str) -> pd.Series[str]:
    miles = pd.cut(rows["miles"].round(1), [-1, 5, 10, 20, 50, 1e9], labels=[
        "5 miles or less", "over 5, up to 10", "over 10, up to 20", "over 20, up to 50", "over 50 miles"])  # fmt: skip
    scores = pd.cut(
        rows["score"].fillna(-1), [-2, -1, 6, 13, 20], labels=["no profile sent", "0-6", "7-13", "14-20, passes"]
    )
    family = {each.letter: each.label for each in FAMILIES}
    made: dict[str, Any] = {
        "reason": lambda: rows["reason"].map(lambda code: f"{code} {REFUSALS.label(code)}"),
        "family": lambda: rows["reason"].str[0].map(family),
        "changeable": lambda: rows["reason"].map(lambda code: REFUSALS[code].changeable.capitalize()),
        "stage": lambda: rows["stage"].fillna("").map(lambda code: STAGES.label(code) if code else "not known"),
        "type": lambda: rows["kind"].fillna("").map(lambda code: HOME_KINDS.label(code) if code else "No home named"),
        "tier": lambda: rows["tier"].map(lambda tier: f"Tier {tier:.0f}" if tier else "No tier"),
        "distance": lambda: miles.cat.add_categories("not known").fillna("not known").astype(str),
        "score": lambda: scores.astype(str),
        "asked": lambda: rows["reopens_id"].isna().map({True: "First asked", False: "Asked again after an answer"}),
        "provider": lambda: rows["provider_id"],
        "month": lambda: rows["month"],
    }
    found: pd.Series[str] = made[name]()
    return found


def shares(wide: pd.DataFrame, part: str, whole: str) -> dict[str, tuple[int, int]]:
    """Numerator and denominator of each value."""
    grouped = wide[wide[whole]].groupby("of")
    return {str(of): (int(group[part].sum()), len(group)) for of, group in grouped}


def told(report: Report, name: str) -> dict[str, tuple[int, int]]:
    """The same of a block; a provider by its id, what is told as others left out."""
    block = next(each for each in report.blocks if each.name == name)
    found = {}
    for row in block.rows:
        cut = row.cuts[-1] if row.cuts else None
        if cut is not None:
            label = cut.value.replace("-", "") if cut.dimension == "provider" else row.label
            found[label] = (int(row.numerator or 0), int(row.denominator or 0))
    return found
