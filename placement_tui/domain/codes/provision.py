"""What kind of home is wanted and obtained, what kinds of home there are, and how each is coded for the SSDA903.

The regional census has words of its own for the same things: census.py, whose sets are also at hand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from placement_tui.domain.codes import Code, CodeSet, fold
from placement_tui.domain.codes.census import DISTANCE_REASONS, DISTANCE_REASONS_2022, ROUTES, TYPES_OF_PROVISION

__all__ = [
    "DISTANCE_REASONS",
    "DISTANCE_REASONS_2022",
    "HOME_KINDS",
    "KINDS",
    "ROUTES",
    "SECTORS",
    "TYPES_OF_PROVISION",
    "Coded",
    "HomeKind",
    "Kind",
    "coded",
    "home_kinds_for",
    "parse_home_kind",
    "parse_kind",
    "parse_kinds",
    "serves",
]

OWN = "Words of this program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Code):
    """One kind of provision or of home, with the words that people type for it."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeKind(Kind):
    """One kind of home, and the kinds of provision that it may serve, the usual one first."""

    serves: tuple[str, ...]


KINDS: CodeSet[Kind] = CodeSet(
    "kind of provision",
    OWN,
    (
        Kind("foster", "Fostering", short="foster", words=("fostering", "fc", "carer", "carers", "ifa")),
        Kind("residential", "Residential, children's home", short="res", words=("childrenshome", "home", "resi")),
        Kind(
            "supported",
            "Supported accommodation, 16 and 17",
            short="supported",
            words=("16+", "16 plus", "sa", "semi", "semiindependent", "supportedaccommodation", "lodgings"),
        ),
        Kind(
            "parent_and_child",
            "Parent and child",
            short="parent+child",
            words=("pc", "p&c", "parentchild", "motherandbaby", "mab"),
        ),
        Kind("short_breaks", "Short breaks", short="short breaks", words=("shortbreak", "respite", "breaks")),
        Kind("secure", "Secure", short="secure", words=("securewelfare", "securehome")),
        Kind("other", "Other arrangements", short="other", words=("otherarrangements",)),
    ),
)

HOME_KINDS: CodeSet[HomeKind] = CodeSet(
    "kind of home",
    OWN,
    (
        HomeKind(
            "inhouse",
            "Our own foster carers",
            short="in-house",
            words=("own", "inhousefostering"),
            serves=("foster", "parent_and_child", "short_breaks"),
        ),
        HomeKind(
            "household",
            "Fostering household of an agency",
            short="household",
            words=("fosteringhousehold",),
            serves=("foster", "parent_and_child", "short_breaks"),
        ),
        HomeKind(
            "agency",
            "Independent fostering agency",
            short="IFA",
            words=("ifa", "fosteringagency"),
            serves=("foster", "parent_and_child", "short_breaks"),
        ),
        HomeKind(
            "res",
            "Children's home",
            short="home",
            words=("residential", "childrenshome", "resi"),
            serves=("residential", "short_breaks"),
        ),
        HomeKind(
            "sa",
            "Supported accommodation",
            short="supported",
            words=("supportedaccommodation", "16+", "semi"),
            serves=("supported",),
        ),
        HomeKind(
            "school",
            "Residential special school",
            short="school",
            words=("residentialschool", "residentialspecialschool"),
            serves=("residential", "short_breaks"),
        ),
        HomeKind(
            "family_centre",
            "Residential family centre",
            short="family centre",
            words=("residentialfamilycentre",),
            serves=("parent_and_child",),
        ),
        HomeKind("secure", "Secure children's home", short="secure", words=("securehome",), serves=("secure",)),
        HomeKind(
            "holiday",
            "Residential holiday scheme",
            short="holiday scheme",
            words=("holidayscheme",),
            serves=("short_breaks",),
        ),
        HomeKind("adoption", "Adoption agency", short="adoption", words=("adoptionagency",), serves=()),
        HomeKind(
            "boarding",
            "Boarding school or residential college",
            short="boarding",
            words=("boardingschool", "college"),
            serves=("other",),
        ),
        HomeKind("other", "Other", short="other", words=(), serves=("other",)),
    ),
)

SECTORS = CodeSet(
    "sector",
    OWN,
    (
        Code("own", "This council"),
        Code("local_authority", "Another local authority", short="other council"),
        Code("private", "Private"),
        Code("voluntary", "Voluntary"),
        Code("health", "Health"),
        Code("unknown", "Not known"),
    ),
)

_KIND_WORDS = {fold(word): kind for kind in KINDS for word in kind.words}
_HOME_WORDS = {fold(word): kind for kind in HOME_KINDS for word in kind.words}


def parse_kind(text: str) -> Kind:
    """The kind of provision that was typed: `foster`, `res`, `16+`, `parent and child`.

    Raises Invalid (field `kind`) with the nearest.
    """
    found = KINDS.find(text) or _KIND_WORDS.get(fold(text))
    if found is None:
        raise KINDS.unknown(text, "kind")
    return found


def parse_kinds(text: str) -> tuple[Kind, ...]:
    """Several kinds in order of wish, `foster, res`: separated by commas, semicolons, slashes or `then`; each once.

    Raises Invalid (field `kind`) with the nearest for the first that is none.
    """
    parts = text.replace(";", ",").replace("/", ",").replace(" then ", ",").split(",")
    return tuple(dict.fromkeys(parse_kind(part) for part in parts if fold(part)))


def parse_home_kind(text: str) -> HomeKind:
    """The kind of home that was typed: `ifa`, `res`, `in-house`. Raises Invalid (field `home_kind`)."""
    found = HOME_KINDS.find(text) or _HOME_WORDS.get(fold(text))
    if found is None:
        raise HOME_KINDS.unknown(text, "home_kind")
    return found


def serves(home_kind: str) -> tuple[str, ...]:
    """The kinds of provision that a kind of home may serve, the usual one first; none for an unknown kind."""
    return HOME_KINDS[home_kind].serves if home_kind in HOME_KINDS else ()


def home_kinds_for(kind: str) -> tuple[str, ...]:
    """The kinds of home that may serve a kind of provision."""
    return tuple(home.code for home in HOME_KINDS if kind in home.serves)


class Coded(NamedTuple):
    """SSDA903's PLACE and PLACE_PROVIDER; None where only a person can say."""

    place: str | None
    provider: str | None


_PLACE = {
    "inhouse": "U6",
    "household": "U6",
    "agency": "U6",
    "res": "K2",
    "sa": "K3",
    "secure": "K1",
    "school": "S1",
    "boarding": "S1",
    "family_centre": "R3",
}
_PROVIDER = {"own": "PR1", "local_authority": "PR2", "health": "PR3", "private": "PR4", "voluntary": "PR5"}
_NEVER_PR3 = frozenset({"K1", "K2", "U6"})  # rule 529


def coded(home_kind: str, sector: str) -> Coded:
    """The usual PLACE and PLACE_PROVIDER of a home: a default to be looked at, since kinship or FFA need another code.

    PR3 is left out where rule 529 forbids it. Holiday schemes, adoption and other kinds have no usual code.
    """
    place = _PLACE.get(home_kind)
    if place is None:
        return Coded(None, None)
    provider = "PR1" if home_kind == "inhouse" else _PROVIDER.get(sector)
    return Coded(place, None if provider == "PR3" and place in _NEVER_PR3 else provider)
