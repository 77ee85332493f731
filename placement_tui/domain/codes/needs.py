"""What a child needs a home to know or have: the statutory assessment factors, and what a search asks beside them.

The factors are those of the children in need census (as its users in the sector's placement-cost return quote them),
with labels shortened. They do not tell fire-setting from fighting, nor autism from learning disability, so flags of our
own stand beside them. Each need has one word that officers type; some have further words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from placement_tui.domain.codes import Code, CodeSet, fold

FACTOR, FLAG = "factor", "flag"
SOURCE = "Children in need census, assessment factors; flags of our own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Code):
    """One need. `word` is what is typed; `also` further words; `group` is `factor` (statutory) or `flag` (ours).

    `of` says whose need it is: `child`, `parent` or `household`.
    """

    word: str
    group: str
    of: str = "child"
    also: tuple[str, ...] = ()


# code | label | short | word, further words
_FACTORS = """
1A  | Alcohol misuse by the child                              | alcohol              | alcohol, drinking
1B  | Alcohol misuse by a parent or carer                      | parent: alcohol      | parent-alcohol
1C  | Alcohol misuse by another person in the household        | household: alcohol   | household-alcohol
2A  | Drug misuse by the child                                 | drugs                | drugs, substance, cannabis
2B  | Drug misuse by a parent or carer                         | parent: drugs        | parent-drugs
2C  | Drug misuse by another person in the household           | household: drugs     | household-drugs
3A  | Domestic violence: the child is its subject              | domestic violence    | dv, domestic-violence
3B  | Domestic violence: a parent or carer is its subject      | parent: DV           | parent-dv
3C  | Domestic violence: another person is its subject         | household: DV        | household-dv
4A  | Mental health of the child                               | mental health        | mental-health, mh, camhs
4B  | Mental health of a parent or carer                       | parent: mental h.    | parent-mh
4C  | Mental health of another person in the household         | household: mental h. | household-mh
5A  | Learning disability of the child                         | learning disability  | ld, learning-disability
5B  | Learning disability of a parent or carer                 | parent: LD           | parent-ld
5C  | Learning disability of another person in the household   | household: LD        | household-ld
6A  | Physical disability or illness of the child              | disability, illness  | physical, disability, illness
6B  | Physical disability or illness of a parent or carer      | parent: physical     | parent-physical
6C  | Physical disability or illness of another person         | household: physical  | household-physical
7A  | Young carer                                              | young carer          | young-carer, carer
8B  | Privately fostered: from overseas, intends to return     | private foster, back | private-return
8C  | Privately fostered: from overseas, intends to stay       | private foster, stay | private-stay
8D  | Privately fostered: UK child in an educational placement | private foster, educ | private-education
8E  | Privately fostered: UK child, family arrangement         | private foster, fam. | private-family
8F  | Privately fostered: other                                | private foster       | private-other
9A  | Unaccompanied asylum-seeking child                       | UASC                 | uasc, asylum, unaccompanied
10A | Missing: going or being missing                          | missing              | missing, mfh, absconds
11A | Child sexual exploitation                                | sexual exploitation  | cse, sexual-exploitation
12A | Trafficking                                              | trafficking          | trafficking, nrm
13A | Gangs: involvement in or with gangs                      | gangs                | gangs, gang
14A | Socially unacceptable behaviour                          | behaviour            | behaviour, asb
15A | Self-harm, suspected or actual                           | self-harm            | self-harm, suicide
16A | Neglect                                                  | neglect              | neglect
17A | Emotional abuse                                          | emotional abuse      | emotional-abuse, emotional
18B | Physical abuse, child on child                           | abuse by child       | physical-abuse-child
18C | Physical abuse, adult on child                           | physical abuse       | physical-abuse
19B | Sexual abuse, child on child                             | sex. abuse by child  | sexual-abuse-child
19C | Sexual abuse, adult on child                             | sexual abuse         | sexual-abuse
20  | Other factor                                             | other                | other-factor
21  | No factors identified                                    | no factors           | none
22A | Female genital mutilation                                | FGM                  | fgm
23A | Abuse linked to faith or belief                          | faith-linked abuse   | faith-abuse
24A | Child criminal exploitation                              | criminal exploit.    | cce, county-lines
"""

_FLAGS = """
VIOLENCE | Violence or aggression to people             | violence             | violence, aggression, violent
DAMAGE   | Damage to property                           | damage               | damage
FIRE     | Fire-setting                                 | fire-setting         | fire, fire-setting, arson
HSB      | Harmful sexual behaviour                     | sexual behaviour     | hsb, harmful-sexual-behaviour
OFFENDING| Offending, bail or remand                    | offending            | offending, police, bail
WEAPONS  | Carries weapons                              | weapons              | weapons, knife
ALLEGES  | Allegations against carers before            | allegations before   | allegations
STEPDOWN | Steps down from secure or custody            | secure step-down     | step-down, secure-step-down
TIER4    | Steps down from hospital (Tier 4)            | Tier 4 step-down     | tier4, hospital-step-down
DOL      | Deprivation of liberty order, or one sought  | DoL                  | dol, dols, restraint
SOLO     | Needs to be the only child                   | solo                 | solo, alone
RATIO    | Needs 2:1 or more                            | 2:1 staffing         | 2to1, ratio
NIGHTS   | Needs someone awake at night                 | waking nights        | waking-nights, nights
AUTISM   | Autism                                       | autism               | autism, asd, asc
ADHD     | ADHD                                         | ADHD                 | adhd
SEND     | Special educational needs, or an EHC plan    | SEND                 | send, ehcp, sen
MEDICAL  | Clinical care or medication                  | medical              | medical, medication, health
MOBILITY | Wheelchair or step-free home                 | step-free            | wheelchair, mobility, step-free
SENSORY  | Sight, hearing or signing                    | sight or hearing     | sensory, deaf, blind
BABY     | Under 2, or withdrawing from drugs at birth  | baby                 | baby, withdrawal
PREGNANT | Pregnant, or with a child of their own       | parent and child     | pregnant, parent
SIBLINGS | To stay together with brothers and sisters   | siblings together    | siblings, together, sibs
SCHOOL   | To keep the school                           | keep school          | school, keep-school
CONTACT  | Family time to be kept up                    | family time          | contact, family-time
CULTURE  | Culture or heritage to be matched            | culture              | culture, heritage
FAITH    | Faith to be kept                             | faith                | faith, religion
LANGUAGE | Language or interpreter                      | language             | language, interpreter
IDENTITY | Gender identity or sexuality                 | identity             | identity, lgbt
NOKIDS   | No other or no younger children in the home  | no younger children  | no-children, no-younger
NOPETS   | No animals in the home                       | no animals           | no-pets, allergy, pets
"""

_OF = {"B": "parent", "C": "household"}


def _rows(table: str, group: str) -> Iterator[Need]:
    for line in table.strip().splitlines():
        code, label, short, words = (cell.strip() for cell in line.split("|"))
        word, *also = (each.strip() for each in words.split(","))
        # Only factors 1 to 6 tell by their letter whose need it is; 18B is one child harming another.
        whose = _OF.get(code[-1], "child") if group == FACTOR and code[:-1] in set("123456") else "child"
        yield Need(code, label, short=short, word=word, also=tuple(also), group=group, of=whose)


NEEDS: CodeSet[Need] = CodeSet("need", SOURCE, (*_rows(_FLAGS, FLAG), *_rows(_FACTORS, FACTOR)))

_BY_WORD = {fold(word): need for need in reversed(NEEDS.codes) for word in (*need.also, need.word)}


def find_need(text: str) -> Need | None:
    """The need of a typed word, code or label, whatever its case and dashes; None for none."""
    return _BY_WORD.get(fold(text)) or NEEDS.find(text)


def parse_needs(text: str) -> tuple[Need, ...]:
    """The needs typed in one field, `violence, missing, self-harm`, each once and in the order typed.

    A comma or a semicolon separates; where a part is no need as a whole, its words are looked up one by one.
    Raises Invalid (field `needs`) with the nearest words for the first that is none.
    """
    found: dict[str, Need] = {}
    for part in text.replace(";", ",").split(","):
        whole = find_need(part)
        for need in (whole,) if whole else tuple(_need(word) for word in part.split()):
            found.setdefault(need.code, need)
    return tuple(found.values())


def _need(word: str) -> Need:
    need = find_need(word)
    if need is None:
        refusal = NEEDS.unknown(word, "needs")
        near = ", ".join(each.word for each in _nearest(word))
        refusal.mend = f"Nearest: {near}. Separate needs with commas: violence, missing, self-harm"
        raise refusal
    return need


def _nearest(word: str) -> list[Need]:
    from difflib import get_close_matches

    close = get_close_matches(fold(word)[:60], list(_BY_WORD), n=3, cutoff=0.3)
    return list(dict.fromkeys(_BY_WORD[each] for each in close)) or list(NEEDS.nearest(word))


# Which needs a refusal reason (refusals.py) or a factor of an ending (endings.py) speaks of, where it speaks of any.
RELATED: dict[str, tuple[str, ...]] = {
    "M1": ("SOLO", "NOKIDS"),
    "M4": ("13A", "24A", "11A"),
    "M5": ("NOKIDS", "SOLO"),
    "M6": ("SOLO",),
    "N1": ("VIOLENCE", "14A", "DAMAGE"),
    "N2": ("10A",),
    "N3": ("11A",),
    "N4": ("24A", "13A", "12A"),
    "N5": ("15A",),
    "N6": ("FIRE",),
    "N7": ("HSB", "19B"),
    "N8": ("2A", "1A"),
    "N9": ("OFFENDING", "STEPDOWN", "WEAPONS"),
    "N10": ("4A", "TIER4"),
    "N11": ("5A", "AUTISM", "SEND", "ADHD"),
    "N12": ("6A", "MEDICAL", "MOBILITY"),
    "N13": ("DOL",),
    "L1": ("SCHOOL", "CONTACT"),
    "L2": ("24A", "11A", "13A"),
    "S2": ("RATIO", "NIGHTS"),
    "S3": ("4A",),
    "K2": ("CULTURE", "FAITH", "LANGUAGE"),
    "K3": ("CONTACT",),
    "K4": ("SIBLINGS",),
    "CH1": ("VIOLENCE", "14A", "DAMAGE"),
    "CH2": ("15A", "4A"),
    "CH3": ("10A",),
    "CH4": ("11A", "24A", "13A"),
    "CH5": ("OFFENDING", "WEAPONS"),
    "CH6": ("2A", "1A"),
    "CH8": ("6A", "MEDICAL", "SEND", "5A", "AUTISM"),
    "CA4": ("NOKIDS",),
    "MA3": ("SOLO", "NOKIDS"),
    "MA4": ("SIBLINGS",),
    "MA5": ("CULTURE", "FAITH", "LANGUAGE"),
    "SU1": ("4A", "15A"),
    "ED1": ("SCHOOL", "SEND", "14A"),
    "ED2": ("SCHOOL", "SEND"),
    "ED3": ("SCHOOL", "SEND"),
    "ED4": ("SCHOOL",),
    "FT1": ("CONTACT",),
    "FT2": ("CONTACT",),
    "SG1": ("ALLEGES",),
    "SG2": ("HSB", "19B", "18B"),
}


def related_needs(code: str) -> tuple[str, ...]:
    """The codes of the needs that a refusal reason or an ending's factor speaks of; empty where it speaks of none."""
    return RELATED.get(code, ())
