"""Small fictional registers, lists and reference files, and what the store holds after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from placement_tui.bootstrap import Services
from placement_tui.db.reads import register as reads
from tests.exchange import written_files as files

HEADERS = {2015: files.HEADER_2015, 2019: files.HEADER_2019, 2023: files.HEADER_2023, 2025: files.HEADER_2025}
OVERALL = {2015: "Overall effectiveness", **dict.fromkeys((2019, 2023, 2025), "overall experiences")}
INSPECTED = {
    2015: "Inspection Date",
    2019: "Inspection date",
    2023: "full inspection date",
    2025: "full inspection date",
}


def listed(year: int, urn: str, **values: Any) -> list[Any]:
    """A children's home's row of that year. `grade`, `on`, `owner`, `seat`, `places` where the year has such a column."""
    header = HEADERS[year]
    renamed: dict[str, Any] = {}
    for name, value in values.items():
        if name == "grade":
            renamed[OVERALL[year]] = value
        elif name == "on":
            renamed[INSPECTED[year]] = f"{value:%d/%m/%Y}"
        elif name == "owner" and year > 2015:
            renamed["Organisation which owns the provider"] = value
        elif name == "seat" and year > 2015:
            renamed["Parliamentary constituency"] = value
        elif name == "places" and year > 2015:
            renamed["Places"] = value
        elif name not in ("owner", "seat", "places"):
            renamed[name] = value
    return files.children_home(header, urn, **renamed)


def agency(year: int, urn: str, name: str, **values: Any) -> list[Any]:
    """A fostering agency's row: its name and the address of its office are public."""
    titles = {"Setting Name" if year == 2015 else "Name": name, "Provision type": "Independent Fostering Agency"}
    return listed(
        year, urn, **titles, **{"Address 1": "1 Pier Head", "Address 2": "", "Town": "Birkenhead", "County": "",
                                "Postcode": "CH41 5AL", **values},
    )  # fmt: skip


def register(folder: Path, year: int, *rows: Sequence[Any], ods: bool = False, day: bool = True) -> Path:
    """A register as at 31 March of that year; `day` False leaves nothing that says so."""
    name = f"provider_at_march_{year}" if day else "register"
    table = [*(files.TITLES_2025 if year == 2025 and day else ()), HEADERS[year], *rows]
    if ods:
        return files.write_ods(folder / f"{name}.ods", {"Provider_level_at_31_Mar_2025": table})
    return files.write_csv(folder / f"{name}.csv", table)


def team_list(folder: Path, header: str, *rows: str, name: str = "our list.csv") -> Path:
    """A team's spreadsheet of comma-separated lines."""
    return files.write_csv(folder / name, [line.split(",") for line in (header, *rows)])


AUTHORITIES = (
    "la_gss,gss_other,la3,la_name,type,region_code,region,lat,lon,neighbours,stat_neighbours",
    "E08000015,,344,Wirral,MD,E12000002,North West,53.36,-3.08,896,341|343",
    "E06000050,,896,Cheshire West and Chester,UA,E12000002,North West,53.2,-2.75,344,895",
    "E08000012,,341,Liverpool,MD,E12000002,North West,53.41,-2.95,340,344",
    "E10000017,,888,Lancashire,C,E12000002,North West,53.86,-2.62,,",
)
DISTRICTS = (
    "lad25cd,la_gss,lad_name,la3",
    "E08000015,E08000015,Wirral,344",
    "E07000121,E10000017,Lancaster,888",
)
SEATS = (
    "pcon24,name,easting,northing,lat,lon,la_names,new_la_codes",
    "E14001100,Birkenhead,331000,388000,53.383,-3.04,Wirral,E08000015",
    "E14001101,Liverpool Riverside,334600,389700,53.4,-2.985,Liverpool,E08000012",
)


def areas(folder: Path) -> list[Path]:
    """The reference files, in an order in which none finds what it refers to."""
    return [
        files.write_csv(folder / name, [line.split(",") for line in lines])
        for name, lines in (("seats.csv", SEATS), ("districts.csv", DISTRICTS), ("authorities.csv", AUTHORITIES))
    ]


def held(services: Services) -> dict[str, dict[str, Any]]:
    """What the store knows of each home that has a URN or a reference, with its provider's name and its grades."""
    with services.desk.read() as session:
        providers = {row["id"]: row for row in reads.providers(session)}
        grades = reads.grades(session)
        return {
            row["urn"] or row["reference"]: {
                **{name: value for name, value in row.items() if name not in ("id", "provider_id")},
                "provider": providers[row["provider_id"]]["name"],
                "sector": providers[row["provider_id"]]["sector"],
                "grades": sorted((str(day), overall) for day, overall in grades.get(row["id"], {})),
            }
            for row in reads.homes(session)
            if row["urn"] or row["reference"]
        }


def facts(home: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    """Some of what is known of a home."""
    return tuple(home[name] for name in names)


def operations(services: Services) -> int:
    """How long the journal is: the number of its last operation."""
    return services.history.latest(1)[0].sequence


def counts(report: Any) -> tuple[int, int, int, int]:
    """Read, added, changed, unchanged."""
    return report.read, report.added, report.changed, report.unchanged


MARCH = {year: date(year, 3, 31) for year in HEADERS}
