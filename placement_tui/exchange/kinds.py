"""The words for kinds of homes, providers' sectors and the sexes taken, as Ofsted and placement teams write them."""

from __future__ import annotations

from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.folding import fold
from placement_tui.exchange.cells import CellError

# Every provision type of the yearly registers 2015 to 2025, folded. A residential special school that is registered as
# a children's home (open over 295 days a year) is one in law, and in the SSDA903 return, whose code S1 leaves it out.
OFSTED_KINDS = {
    "childrens home": "res",
    "residential special school registered as a childrens home": "res",
    "residential special school 295 days year": "res",
    "residential special school": "school",
    "secure childrens home": "secure",
    "secure 16 to 19 academy": "secure",
    "independent fostering agency": "agency",
    "local authority fostering agency": "agency",
    "supported accommodation": "sa",
    "residential family centre": "family_centre",
    "residential holiday scheme for disabled children": "holiday",
    "voluntary adoption agency": "adoption",
    "adoption support agency": "adoption",
    "local authority adoption agency": "adoption",
    "regional adoption agency": "adoption",
    "boarding school": "boarding",
    "further education college with residential accommodation": "boarding",
    "secure training centre": "other",  # custody: no council places a child there
}

# What teams write in their own lists. `carer` stands for a foster carer, whose kind the provider's column settles.
CARER = "carer"
_TEAM_KINDS = {
    "inhouse": (
        "in house|inhouse|in house foster carer|in house carer|in house fostering|inhouse foster carer|inhouse carer"
        "|own foster carer|own carer|our carer|our foster carer|council foster carer|council carer|la foster carer"
        "|la carer|local authority foster carer|local authority carer|mainstream|mainstream foster carer"
        "|mainstream carer|mainstream fostering|own provision|kinship|kinship carer|connected person|connected carer"
        "|connected persons carer|family and friends carer|friends and family carer|internal foster carer"
        "|internal carer"
    ),
    "household": (
        "household|agency household|agency carer|agency foster carer|ifa carer|ifa foster carer|ifa household"
        "|fostering household|external carer|external foster carer|independent foster carer"
    ),
    "agency": (
        "agency|ifa|ifp|fostering agency|foster agency|foster care agency|independent fostering agency"
        "|fostering provider|independent foster agency|independent fostering provider|independent fostering"
        "|external fostering agency"
    ),
    "res": (
        "res|residential|residential home|residential childrens home|residential care home|childrens home|care home"
        "|childrens residential home|residential care|solo childrens home|solo home|ch"
    ),
    "sa": (
        "sa|16|supported accommodation|supported accommodation provider|semi independent|semi independence"
        "|supported living|supported lodgings|supported housing|16 plus|16 plus accommodation|16 plus provider"
        "|16 plus supported accommodation|independent living|semi independent accommodation"
        "|semi independent provision|unregulated"
    ),
    "school": "school|residential school|residential special school|special school",
    "family_centre": (
        "family centre|residential family centre|mother and baby|mother and baby unit|parent and child unit"
        "|parent and child residential|parent and baby unit|assessment centre|family assessment centre"
    ),
    "secure": "secure|secure home|secure childrens home|secure unit|secure accommodation|secure welfare",
    "holiday": "holiday|holiday scheme|residential holiday scheme",
    "adoption": "adoption|adoption agency|adopter|adopters",
    "boarding": "boarding|boarding school|college|residential college",
    "other": "other|hospital|unregistered|bespoke|crisis|hotel|caravan",
    CARER: (
        "carer|foster carer|foster|foster care|fostering|foster home|foster family|foster household|foster placement"
    ),
}
_TEAM_WORDS = {word: kind for kind, words in _TEAM_KINDS.items() for word in words.split("|")}

_SECTORS = {
    "private": "private",
    "independent": "private",
    "local authority": "local_authority",
    "voluntary": "voluntary",
    "charity": "voluntary",
    "third sector": "voluntary",
    "health authority": "health",
    "health": "health",
    "nhs": "health",
}

_OWN = {"la", "local authority", "council", "own", "us", "ours", "internal", "fostering team", "fostering service"}
_MALE = {"m", "male", "males", "boy", "boys", "b"}
_FEMALE = {"f", "female", "females", "girl", "girls", "g"}
_ANY = {"any", "all", "both", "either", "mixed", "unisex", "no preference", "any gender", "all genders", "any sex"}
_FILLERS = {"and", "or", "only", "s", "x"}


def ofsted_kind(provision_type: str) -> str | None:
    """The home kind of a provision type as Ofsted writes it, None for one that is not known."""
    return OFSTED_KINDS.get(fold(provision_type))


def team_kind(words: str) -> str | None:
    """The home kind that a team's own words mean, `carer` for a foster carer without more, None for none."""
    folded = fold(words)
    for word in (folded, folded.removesuffix("s"), folded.removesuffix("es")):
        found = _TEAM_WORDS.get(word) or OFSTED_KINDS.get(word)
        if found is not None:
            return found
    code = HOME_KINDS.find(words)
    return code.code if code else None


def is_own(provider: str) -> bool:
    """True where the provider's column says that the carer is the council's own: `LA`, `in-house`, `Council`."""
    folded = fold(provider)
    return folded in _OWN or _TEAM_WORDS.get(folded) == "inhouse" or folded.endswith(" council")


def sector(words: str) -> str:
    """`local_authority`, `private`, `voluntary`, `health`, or `unknown` (an academy trust, say)."""
    return _SECTORS.get(fold(words), "unknown")


def sexes(words: str) -> str | None:
    """`M`, `F`, or None for any, which an empty cell means too. Raises CellError for words that say neither."""
    folded = fold(words)
    if not folded or folded in _ANY:
        return None
    said = {word for word in folded.split() if word not in _FILLERS}
    male, female = bool(said & _MALE), bool(said & _FEMALE)
    if said - _MALE - _FEMALE or not said:
        raise CellError("this does not say which sexes are taken", "Write M, F or any.")
    return None if male and female else "M" if male else "F"
