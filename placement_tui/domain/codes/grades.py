"""Ofsted's two grade models: four points for homes and agencies, three outcomes for supported accommodation.

The four-point words changed over the years; `Adequate` and `Satisfactory` became `Requires improvement to be good`.
Supported accommodation (Supported Accommodation (England) Regulations 2023) has outcomes of its own that cannot be put
on the four-point scale. None stands for never inspected.
"""

from __future__ import annotations

from placement_tui.domain.codes import Code, CodeSet, fold
from placement_tui.domain.typed_text import shown
from placement_tui.errors import Invalid

SOURCE = "Ofsted, children's social care"

# Each model is in order, the best first.
FOUR_POINT = CodeSet(
    "grade",
    SOURCE,
    (
        Code("outstanding", "Outstanding"),
        Code("good", "Good"),
        Code("requires_improvement", "Requires improvement to be good", short="Requires imp"),
        Code("inadequate", "Inadequate"),
        Code("not_judged", "Not judged"),
    ),
)

SUPPORTED = CodeSet(
    "outcome of supported accommodation",
    SOURCE,
    (
        Code("consistently_strong", "Consistently strong service delivery", short="Strong"),
        Code("inconsistent", "Inconsistent quality of service delivery", short="Inconsistent"),
        Code("serious_weaknesses", "Serious or widespread weaknesses", short="Weaknesses"),
    ),
)

GRADES = CodeSet("grade", SOURCE, FOUR_POINT.codes + SUPPORTED.codes)

NEVER = "Not inspected"

_GOOD = frozenset({"outstanding", "good", "consistently_strong"})
_WORDS = {
    "adequate": "requires_improvement",
    "satisfactory": "requires_improvement",
    "requiresimprovement": "requires_improvement",
    "ri": "requires_improvement",
    "consistentlystrong": "consistently_strong",
    "seriousweaknesses": "serious_weaknesses",
}
# Reports put the outcome into a longer sentence that begins with it.
_SENTENCES = {fold(code.label): code.code for code in SUPPORTED}
_NEVER = frozenset({"", "notinspected", "neverinspected", "notyetinspected", "null", "na"})


def parse_grade(text: str) -> str | None:
    """The grade that a register or a person wrote, None for none: '' and 'not yet inspected'.

    Raises Invalid (field `grade`) for anything else, since a grade that is guessed decides where a child may go.
    """
    word = fold(text)
    if word in _NEVER:
        return None
    found = GRADES.find(word)
    if found is not None:
        return found.code
    for sentence, code in _SENTENCES.items():
        if word.startswith(sentence):
            return code
    if word in _WORDS:
        return _WORDS[word]
    raise Invalid(
        "grade",
        f"{shown(text)} is not a grade",
        "Grades are Ofsted's own words",
        "Write Outstanding, Good, Requires improvement to be good, Inadequate or Not judged; for supported "
        "accommodation its outcome, like Consistently strong service delivery; or leave it empty if never inspected",
    )


def model_of(home_kind: str) -> CodeSet[Code]:
    """The grade model of a kind of home: supported accommodation has its own."""
    return SUPPORTED if home_kind == "sa" else FOUR_POINT


def grade_label(grade: str | None) -> str:
    """The grade for people; None is `Not inspected`."""
    return NEVER if grade is None else GRADES.label(grade)


def grade_rank(grade: str | None) -> int | None:
    """Its place in its own model, 0 the best; None where nothing was judged. Ranks of the two models do not compare."""
    for model in (FOUR_POINT, SUPPORTED):
        for rank, code in enumerate(model):
            if code.code == grade:
                return None if grade == "not_judged" else rank
    return None


def good_or_better(grade: str | None) -> bool:
    """Whether it is good or outstanding, or consistently strong; never inspected and not judged are not."""
    return grade in _GOOD
