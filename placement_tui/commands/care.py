"""Commands of a child's time in care and of a child's story, and the ways there."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_CARE, _STORY = ("care",), ("story",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "care.change", "Correct this row", ("enter", "e"),
        "Opens the row under the cursor: its days, its code. What begins or ends with it follows. A placement opens in "
        "the list of placements.",
        "this row", _CARE, "change", word="correct", footer=True,
    ),
    Command(
        "care.begin", "Care begins", ("b",),
        "The day, the legal status, the category of need, where home was. A first placement does it by itself.",
        "time in care", _CARE, "begin", word="care begins", footer=True,
    ),
    Command(
        "care.status", "Another legal status", ("l",),
        "From a day on; the one before ends on that day.",
        "time in care", _CARE, "status", word="legal status", footer=True,
    ),
    Command(
        "care.missing", "Missing, or back again", ("m",),
        "Since when the child is missing, or away without authorisation; while one is missing, the day on which they were back.",
        "time in care", _CARE, "missing", word="missing", footer=True,
    ),
    Command(
        "care.review", "A review was held", ("v",),
        "The day, and how the child took part (PN0 to PN7).",
        "time in care", _CARE, "review", word="review", footer=True,
    ),
    Command(
        "care.cease", "Care ceases", ("x",),
        "The day and the reason (REC); the legal status ends with it. End the placement in the list of placements.",
        "time in care", _CARE, "cease", word="care ceases", footer=True,
    ),
    Command(
        "care.particulars", "Ethnicity, pupil number, mother, unaccompanied", ("p",),
        "What the return's first table says of the child.",
        "time in care", _CARE, "particulars", word="particulars",
    ),
    Command(
        "care.strike", "Strike this row out", ("d",),
        "It was never so. A period takes its legal statuses along; a legal status gives its days back to the one before. "
        "It is kept in the journal, and u puts it back.",
        "this row", _CARE, "strike", word="strike out",
    ),
    Command(
        "care.open", "Time in care, as the return asks", ("c",),
        "Periods of care, legal statuses, times missing and reviews of this child, and what the return would miss.",
        "this child", ("placements", "story"), "care", word="care", footer=True,
    ),
    Command(
        "story.open", "The child's story", ("s",),
        "Where they lived, moved, went to school and were missing, how each home ended and what was learned, day by day.",
        "this child", ("placements", "care"), "story", word="story", footer=True,
    ),
    Command(
        "story.save", "Write the story to a file", ("w",),
        "To print: .html, .pdf or .txt. Only you may read it, no address stands in it, and it is noted.",
        "this story", _STORY, "save_file", word="to a file", footer=True,
    ),
    Command(
        "story.named", "With or without the names of foster carers", ("x",),
        "Without them is for the child, who asks for what is held about them.",
        "this story", _STORY, "named", word="names", footer=True,
    ),
)  # fmt: skip
