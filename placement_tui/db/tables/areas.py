"""Authorities, their borders and published figures, districts and constituencies, as imported."""

from __future__ import annotations

from typing import Any

from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, listed


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
    neighbours: list[str] = json_column(list)
    statistical_neighbours: list[str] = json_column(list)


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
    authorities: list[str] = json_column(list)
    authority_codes: list[str] = json_column(list)


class Boundary(Record, table=True):
    """The border of an authority: rings of longitude and latitude in degrees, thinned for a small map."""

    authority: str = Field(index=True)
    name: str = ""
    rings: list[Any] = json_column(list)


class Benchmark(Record, table=True):
    """One figure that the Department published: of which area, for which year; `shown` is how it stands in the table.

    `value` is missing where the Department suppressed it or has none.
    """

    __table_args__ = (listed("benchmark", "indicator", "area", "period"),)

    source: str
    period: str
    level: str
    area: str
    area_name: str = ""
    indicator: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    shown: str = ""
