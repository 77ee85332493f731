"""The council's own choices, and what the store alone knows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import authority, constituency, device, district, live, local, setting


def everything(session: Session) -> dict[str, Any]:
    """Every setting by name."""
    return {row.name: row.value for row in session.execute(live(select(setting), setting))}


def authorities(session: Session) -> list[Any]:
    """The imported authorities, each a row of its table."""
    return list(session.execute(live(select(authority), authority).order_by(authority.c.name)).all())


def districts(session: Session) -> dict[str, str]:
    """District code -> upper-tier authority's GSS code; an authority's older code is one of them."""
    older = live(select(authority.c.other_gss, authority.c.gss).where(authority.c.other_gss.is_not(None)), authority)
    found: dict[str, str] = {row.other_gss: row.gss for row in session.execute(older)}
    found.update({row.code: row.authority for row in session.execute(live(select(district), district))})
    return found


def constituencies(session: Session) -> list[Any]:
    """The imported constituencies, each a row of its table."""
    return list(session.execute(live(select(constituency), constituency)).all())


def device_letter(session: Session) -> str:
    """The letter that this store's references carry; empty for the team's own."""
    chain = session.execute(select(local.c.value).where(local.c.name == "chain")).scalar()
    from uuid import UUID

    found = (
        session.execute(select(device.c.letter).where(device.c.id == UUID(chain["device"]))).scalar() if chain else None
    )
    return found or ""
