"""What ends an approach or an offer without being a refusal: the council declines, or the approach is closed."""

from __future__ import annotations

from placement_tui.domain.codes import Code, CodeSet

SOURCE = "Assembled for this program; no official list exists"

DECLINES = CodeSet(
    "reason for declining an offer",
    SOURCE,
    (
        Code("price", "Price", note="LD"),
        Code("match", "Match", note="LD"),
        Code("distance", "Distance", note="LD"),
        Code("grade", "Grade", note="LD"),
        Code("child_wish", "The child's wish", note="LD", short="child's wish"),
        Code("other_accepted", "Another offer accepted", note="LD", short="another accepted"),
        Code("too_late", "Came too late", note="LD", short="too late"),
        Code("other", "Other", note="LD; say why in the note"),
    ),
)

CLOSINGS = CodeSet(
    "closing of an approach",
    SOURCE,
    (
        Code("PE", "Placed elsewhere first", short="placed elsewhere"),
        Code("CW", "Referral cancelled", short="referral cancelled"),
        Code("OW", "Offer withdrawn by the provider", short="offer withdrawn"),
    ),
)

# Outcomes that are no refusals, and stay out of every count of refusals.
NOT_REFUSALS = CodeSet(
    "outcome that is not a refusal",
    SOURCE,
    (
        Code("NR", "No reply after a chase", short="no reply"),
        Code("LD", "The authority declined the offer", short="declined by us"),
        *CLOSINGS.codes,
    ),
)
