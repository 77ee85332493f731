"""Why a provider says no, how a refusal is keyed, and what would change it.

No official list of refusal reasons exists in the UK; this one is assembled from the regional placements census (need,
matching), published council strategies, statutory rules (approval, registration) and practice. A code is its family's
letter and a number. On the call list a family has one lower-case letter and each of its codes one key: the code's own
number, with `a`, `b`, `c`, `d` for 10 to 13.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from placement_tui.domain.codes import Code, CodeSet

SOURCE = "Assembled for this program; no official list exists"

CIRCUMSTANCE, CAPABILITY, PERMANENT = "circumstance", "capability", "permanent"
SEVERITIES = CodeSet(
    "severity of a refusal",
    SOURCE,
    (
        Code(CIRCUMSTANCE, "A circumstance: it changes by itself or can be changed", short="circumstance"),
        Code(CAPABILITY, "A capability that is not there", short="capability"),
        Code(PERMANENT, "A permanent rule or fact of this home and this child", short="permanent"),
    ),
)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of refusal reasons: its letter in the codes, its key on the call list, and its name."""

    letter: str
    key: str
    label: str
    short: str


FAMILIES = (
    Family("V", "v", "Vacancy", "vacancy"),
    Family("M", "m", "Matching", "matching"),
    Family("N", "n", "Needs", "needs"),
    Family("L", "l", "Location", "location"),
    Family("A", "a", "Approval and registration", "approval"),
    Family("S", "s", "Staffing and skills", "staffing"),
    Family("C", "p", "Price and contract", "price"),
    Family("T", "t", "Timing", "timing"),
    Family("I", "i", "Information", "information"),
    Family("R", "r", "Regulation", "regulation"),
    Family("K", "h", "Household and family", "household"),
    Family("X", "x", "Other", "other"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Code):
    """One refusal reason. `changeable` says whether the council could change it by default: `yes`, `no` or `partly`."""

    family: str
    key: str
    severity: str
    changeable: str
    needs_note: bool = False

    @property
    def said(self) -> str:
        """The answer in a table cell: `no matching`, and `no bed` as it stands."""
        return self.short if self.short.startswith("no ") else f"no {self.short}"


_TABLE = """
V1  | No vacancy                                            | no bed               | circumstance | no
V2  | Vacancy held or reserved                              | bed held             | circumstance | partly
V3  | Bed taken by another authority's child                | bed just taken       | circumstance | no
V4  | Bed or home closed, refurbishment, admissions paused  | closed or paused     | circumstance | no
V5  | Carer on hold, on leave, or respite only              | carer on hold        | circumstance | no
M1  | Impact on children already there                      | matching             | circumstance | partly
M2  | Age gap or age order                                  | age gap              | circumstance | no
M3  | Gender mix                                            | gender mix           | circumstance | no
M4  | Known association or exploitation link with resident  | knows a resident     | circumstance | no
M5  | Carers' own or other children in the home             | children in home     | circumstance | partly
M6  | Needs solo; cannot                                    | needs solo           | capability   | partly
N0  | Needs beyond us, general                              | needs                | capability   | partly
N1  | Violence or aggression                                | violence             | capability   | partly
N2  | Missing                                               | missing              | capability   | partly
N3  | Child sexual exploitation                             | sexual exploitation  | capability   | partly
N4  | Criminal exploitation or gangs                        | criminal exploitation| capability   | partly
N5  | Self-harm or suicide risk                             | self-harm            | capability   | partly
N6  | Fire-setting                                          | fire-setting         | capability   | partly
N7  | Harmful sexual behaviour                              | sexual behaviour     | capability   | partly
N8  | Substance use                                         | substance use        | capability   | partly
N9  | Offending, bail or remand, secure step-down           | offending            | capability   | partly
N10 | Mental health or Tier 4 step-down                     | mental health        | capability   | partly
N11 | Learning disability, autism, SEND                     | learning, autism     | capability   | partly
N12 | Physical or clinical health                           | physical health      | capability   | partly
N13 | Deprivation of liberty or restraint required          | DoL or restraint     | capability   | partly
L1  | Too far from school or contact                        | too far              | permanent    | partly
L2  | Too close to risk (people or places)                  | too close to risk    | permanent    | no
L3  | Outside area served, or transport                     | outside area served  | permanent    | partly
A1  | Outside approved age                                  | age                  | permanent    | no
A2  | Number: usual fostering limit or approved places      | number               | permanent    | partly
A3  | Approval terms, other (gender, type)                  | approval terms       | permanent    | no
A4  | Statement of Purpose does not cover                   | statement of purpose | permanent    | no
A5  | Ofsted condition or restriction, not (yet) registered | not registered       | permanent    | no
A6  | Bedroom sharing or room                               | bedroom              | circumstance | partly
S1  | Staffing: short, or vacancy for manager               | staffing             | circumstance | partly
S2  | Cannot meet ratio (for example 2:1)                   | ratio                | capability   | yes
S3  | Skills or therapy not in place                        | skills or therapy    | capability   | partly
C1  | Fee not agreed                                        | fee                  | circumstance | yes
C2  | Contract or framework terms                           | contract             | circumstance | partly
C3  | Funding or sign-off came too late (bed gone)          | sign-off too late    | circumstance | yes
T1  | Too short notice                                      | short notice         | circumstance | yes
T2  | Wants a planned transition                            | wants a planned move | circumstance | yes
I1  | Not enough information                                | information          | circumstance | yes
I2  | Out of date or risk assessment missing                | out of date          | circumstance | yes
I3  | Referral reads all-negative                           | reads all-negative   | circumstance | yes
I4  | Could not reach social worker                         | no social worker     | circumstance | yes
R1  | Fear for Ofsted grade                                 | Ofsted grade         | circumstance | partly
R2  | Inspection due or under enforcement                   | inspection due       | circumstance | no
K1  | Carer said no after talk                              | carer said no        | circumstance | partly
K2  | Culture, faith or language need unmet                 | culture or language  | capability   | partly
K3  | Contact or family-time arrangements                   | family time          | circumstance | partly
K4  | Sibling group too large                               | siblings             | capability   | partly
X9  | Other (note required)                                 | other                | circumstance | partly
"""


def _rows() -> Iterator[Refusal]:
    for line in _TABLE.strip().splitlines():
        code, label, short, severity, changeable = (cell.strip() for cell in line.split("|"))
        number = int(code[1:])
        yield Refusal(
            code,
            label,
            short=short,
            family=code[0],
            key=str(number) if number < 10 else "abcdefgh"[number - 10],
            severity=severity,
            changeable=changeable,
            needs_note=code == "X9",
            note="Say why in the note" if code == "X9" else "",
        )


REFUSALS: CodeSet[Refusal] = CodeSet("refusal reason", SOURCE, tuple(_rows()))

_FAMILY_BY_KEY = {family.key: family for family in FAMILIES}
_BY_KEYS = {(family.key, code.key): code for family in FAMILIES for code in REFUSALS if code.family == family.letter}


def family_of(key: str) -> Family | None:
    """The family that a lower-case key opens on the call list; None where the key opens none."""
    return _FAMILY_BY_KEY.get(key)


def in_family(key: str) -> tuple[Refusal, ...]:
    """The codes that may be picked once the family's key is pressed, in order; empty where the key opens no family."""
    family = _FAMILY_BY_KEY.get(key)
    return () if family is None else tuple(code for code in REFUSALS if code.family == family.letter)


def pick(family_key: str, key: str) -> Refusal | None:
    """The code of two keys, `m` then `1` for M1; None where they pick nothing."""
    return _BY_KEYS.get((family_key, key))


# Digits 1 to 9 of the call list, by kind of home. A digit keeps its sense from kind to kind wherever it can (1 the bed,
# 2 matching, 3 violence, 6 age, 7 distance, 9 information), and never reorders itself: fingers learn it.
_HOME_DIGITS = "V1 M1 N1 N2 S1 A1 L1 C1 I1"
_CARER_DIGITS = "V1 M1 N1 N2 K1 A1 L1 V5 I1"  # carers say no after a talk, or are on hold; a fee is not theirs to agree
_DIGITS = {
    "inhouse": _CARER_DIGITS,
    "household": _CARER_DIGITS,
    "agency": "V1 M1 N1 N2 K1 A1 L1 C1 I1",  # the agency speaks for its carers, and names the fee
    "res": _HOME_DIGITS,
    "school": "V1 M1 N1 N11 S1 A1 L1 C1 I1",  # a school answers on special educational needs
    "secure": "V1 M1 N1 N5 S1 A1 M4 N10 I1",  # neither distance nor fee; known associations
    "holiday": "V1 M1 N1 N12 S1 A1 L3 T1 I1",  # schemes for disabled children: clinical needs, area served, notice
    "boarding": "V1 M1 N1 N2 A4 A1 L1 C1 I1",
    "family_centre": "V1 M1 N1 N8 S1 A4 L1 C3 I1",  # a parent is assessed too; funding waits on a court
    "adoption": _CARER_DIGITS,
    "other": _HOME_DIGITS,
    "sa": "V1 M1 N1 N4 S1 N5 L1 C1 I1",  # 16 and 17 by law, so age is seldom the answer; gangs and self-harm are
}
COMMONEST: dict[str, tuple[Refusal, ...]] = {
    kind: tuple(REFUSALS[code] for code in codes.split()) for kind, codes in _DIGITS.items()
}


def commonest(kind: str) -> tuple[Refusal, ...]:
    """The nine reasons of digits 1 to 9 for a kind of home, always in this order; an unknown kind gets `other`'s."""
    return COMMONEST.get(kind, COMMONEST["other"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Code):
    """One choice that is made by a single capital letter."""

    key: str


# The capitals of stages and changes are distinct among themselves, and leave R (rang back), G (end of list), H, J, K,
# U, Q, N and ? to what they do everywhere.
STAGES: CodeSet[Choice] = CodeSet(
    "stage of a refusal",
    SOURCE,
    (
        Choice("desk", "At the desk, from the referral", short="desk", key="D"),
        Choice("carer_asked", "After the carer or home was asked", short="carer asked", key="C"),
        Choice("after_matching", "After a matching meeting", short="after matching", key="M"),
        Choice("offer_withdrawn", "An offer was withdrawn", short="offer withdrawn", key="O"),
    ),
)

WOULD_CHANGE: CodeSet[Choice] = CodeSet(
    "what would change it",
    SOURCE,
    (
        Choice("earlier_notice", "Earlier notice", short="earlier notice", key="E"),
        Choice("more_info", "More information", short="information", key="I"),
        Choice("updated_risk", "An updated risk assessment", short="updated risk", key="A"),
        Choice("talk_to_sw", "A talk with the social worker", short="talk to SW", key="W"),
        Choice("extra_staffing", "Extra staffing or 1:1", short="extra staffing", key="S"),
        Choice("therapy", "Therapy or CAMHS in place", short="therapy", key="T"),
        Choice("school_found", "A school found", short="school found", key="L"),
        Choice("transport", "Transport", short="transport", key="V"),
        Choice("fee", "The fee", short="fee", key="F"),
        Choice("phased", "Phased introductions", short="phased", key="P"),
        Choice("sibling_split", "Brothers and sisters placed apart", short="siblings apart", key="B"),
        Choice("nothing", "Nothing", short="nothing", key="Z"),
    ),
)

_STAGE_BY_KEY = {choice.key: choice for choice in STAGES}
_CHANGE_BY_KEY = {choice.key: choice for choice in WOULD_CHANGE}


def stage_of(key: str) -> Choice | None:
    """The stage of a capital letter, None where it is none's."""
    return _STAGE_BY_KEY.get(key)


def change_of(key: str) -> Choice | None:
    """What would change it, of a capital letter; None where it is none's."""
    return _CHANGE_BY_KEY.get(key)
