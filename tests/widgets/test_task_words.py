"""What is due on one line of the board: calls first, what one law wants by one day as one thing, and what does not fit counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from placement_tui.domain.clocks import Due
from placement_tui.domain.tasks import TaskRow, derived_row
from placement_tui.widgets.task_words import due_cell, due_count, due_line

NOW = datetime(2026, 10, 14, 15, 32, tzinfo=UTC)  # Wednesday, 16:32 in London
DAY_END = datetime(2026, 10, 21, 22, 59, tzinfo=UTC)


def task(title: str, at: datetime, rule: str = "L6", law: str = "Reg 13 CPPCR 2010") -> TaskRow:
    """Something due."""
    return derived_row(Due(title, rule, law, title, "", at))


def call(name: str, minutes: int) -> TaskRow:
    """Somebody to call back."""
    return task(f"call back {name}", NOW + timedelta(minutes=minutes), "call_back", "")


def words(*tasks: TaskRow, width: int = 110) -> str:
    """The line as it reads."""
    return "".join(span.text for span in due_line(tasks, NOW, width))


def test_the_line_of_the_board_reads_as_an_officer_says_it() -> None:
    area = task("tell the area authority", DAY_END)
    assert words(area, call("Brackenfield", 13)) == (
        "call back Brackenfield 16:45 · tell the area authority by Wed 21 Oct (Reg 13)"
    )
    assert words() == "nothing today"


def test_notices_of_one_day_are_one_thing_and_late_ones_say_so() -> None:
    notices = [task(f"tell {who}", DAY_END) for who in ("the GP", "the school", "the IRO")]
    plan = task("make the placement plan", DAY_END, "L8", "Reg 9 CPPCR 2010")
    assert words(*notices, plan) == "3 notices by Wed 21 Oct (Reg 13) · make the placement plan by Wed 21 Oct (Reg 9)"
    late = task("tell the GP", NOW - timedelta(days=7))
    assert words(late) == "tell the GP Wed 7 Oct 16:32, late (Reg 13)"


def test_what_does_not_fit_is_counted_and_the_line_keeps_its_width() -> None:
    calls = [call(name, number) for number, name in enumerate(("Alder", "Brackenfield", "Cedar", "Dunes", "Elm"), 5)]
    for width in (30, 45, 60, 80):
        shown = words(*calls, width=width)
        assert len(shown) <= width
        hidden = int(shown.rsplit("· ", 1)[1].split(" ")[0]) if shown.endswith(" more") else 0
        assert shown.count("call back") + hidden == 5


def test_the_count_says_how_much_is_late() -> None:
    assert [due_count(*counts).text for counts in ((0, 0), (3, 0), (3, 1))] == ["0 due", "3 due", "3 due, 1 late"]


def test_when_a_task_is_due_fits_its_column() -> None:
    for at in (NOW - timedelta(days=7), NOW - timedelta(hours=1), NOW + timedelta(hours=1), DAY_END):
        assert len(due_cell(task("tell the GP", at), NOW).text) <= 16
    assert due_cell(task("tell the GP", NOW - timedelta(days=7)), NOW).text == "late Wed 7 Oct"
