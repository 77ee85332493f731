"""Episodes of the SSDA903 return: one for each stretch of days with the same legal status, placement and carer.

Source: Department for Education, Children looked after by local authorities in England, guide to the SSDA903 collection.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Episode:
    """A row of the Episodes table, field by field; `status_id` and `stay_id` are the records that it was derived from."""

    child: str
    decom: date
    rne: str
    ls: str
    cin: str
    place: str
    place_provider: str
    dec: date | None
    rec: str
    reason_place_change: str
    home_post: str
    pl_post: str
    urn: str
    child_id: UUID | None = None
    status_id: UUID | None = None
    stay_id: UUID | None = None
