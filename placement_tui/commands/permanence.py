"""Commands of the trackers: plans, steps down, emergencies, Reg 24, warnings; and of the list of lessons."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_PERMANENCE, _PLACEMENTS, _LESSONS = ("permanence",), ("placements",), ("lessons",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "permanence.tab", "Plans, steps down, emergencies, Reg 24 or warnings", ("1", "2", "3", "4", "5"),
        "Goes to one of the five. Beside each stand how many there are and how many are overdue.",
        "these trackers", _PERMANENCE, "tab('{key}')", word="tracker", footer=True,
    ),
    Command(
        "permanence.new", "A plan, or a step down, in one line", ("n",),
        "For the child that was in hand in the placements, else for the one under the cursor: long-term foster by 31 mar; "
        "foster by 31 mar, review 12 jan.",
        "this child", _PERMANENCE, "new", word="new", footer=True,
    ),
    Command(
        "permanence.step", "Another step of the plan", ("a",),
        "In one line: panel by 12 dec. What has a day is due among the tasks.",
        "this child", _PERMANENCE, "step", word="step", footer=True,
    ),
    Command(
        "permanence.done", "The next step is done; the step down was reviewed", ("d",),
        "Of a plan its next step; of a step down the review, and it asks when the next one is.",
        "this child", _PERMANENCE, "done", word="done", footer=True,
    ),
    Command(
        "permanence.held", "What holds it up", ("b",),
        "In a few words; empty where nothing does any more.",
        "this child", _PERMANENCE, "held", word="held up", footer=True,
    ),
    Command(
        "permanence.change", "Change it", ("e",),
        "The plan, the step down or the warning, as it was typed in one line.",
        "this child", _PERMANENCE, "change", word="change",
    ),
    Command(
        "permanence.close", "It is over", ("c",),
        "The plan is reached or is the plan no more; the step down came about or will not; the sign was dealt with. Asks for "
        "a few words.",
        "this child", _PERMANENCE, "close", word="over", footer=True,
    ),
    Command(
        "permanence.open", "The plan whole; the placement; the entry of Reg 24", ("enter",),
        "A plan with all its steps; of what is tracked by placement, the placement in its list.",
        "this child", _PERMANENCE, "open", word="open", footer=True,
    ),
    Command(
        "permanence.over", "Show or hide those that are over", ("x",),
        "Plans, steps down and warnings that were closed, beside those that are open.",
        "these trackers", _PERMANENCE, "over", word="over too",
    ),
    Command(
        "permanence.home", "The home's page", ("h",),
        "Who they are, their registration, their answers to us, and the lessons of placements there.",
        "this child", _PERMANENCE, "home", word="home",
    ),
    Command(
        "placements.warn", "A sign that it may not last", ("w",),
        "One line, while they are still speaking: CA3 carer: third call this week; respite booked. It stands on the "
        "placement until it is closed, and the ending's form knows of it.",
        "this placement", _PLACEMENTS, "warn", word="warn", footer=True,
    ),
    Command(
        "placements.permanence", "Plans, steps down, emergencies, warnings", ("P",),
        "The trackers, at this child: where it is to grow up, in which steps, by when, and what holds it up.",
        "this placement", _PLACEMENTS, "permanence", word="plan",
    ),
    Command(
        "placements.lessons", "Lessons of earlier endings", ("L",),
        "What the next home should know: found by words, with the child, the home, and whom it bears on now.",
        "this list", _PLACEMENTS, "lessons", word="lessons",
    ),
    Command(
        "lessons.open", "The lesson whole", ("enter",),
        "The lesson, its child and home, the reason of the ending, the needs and the children that it bears on.",
        "this lesson", _LESSONS, "open", word="open", footer=True,
    ),
    Command(
        "lessons.placement", "The placement that taught it", ("p",),
        "The placement and its ending, in the list of placements.",
        "this lesson", _LESSONS, "placement", word="placement", footer=True,
    ),
    Command(
        "lessons.home", "The home's page", ("h",),
        "Who they are, their registration, their answers to us, and the other lessons of placements there.",
        "this lesson", _LESSONS, "home", word="home", footer=True,
    ),
    Command(
        "lessons.search", "Search the lessons", ("i", "/"),
        "Letters go to the query line; every word stands in the lesson, the home's name or the child's initials.",
        "these lessons", _LESSONS, "search", word="search", footer=True, over=("/",),
    ),
)  # fmt: skip
