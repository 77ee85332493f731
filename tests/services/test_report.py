"""The board pack's figures: of the days that were asked for, as they may be shared, by whoever works here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.insight import Block, Period, Report, Row
from placement_tui.errors import Invalid, NotFound, Refused, WrongUse
from placement_tui.services import insight
from placement_tui.services.insight import Insight
from tests import builders


def refusals(services: Services, said: dict[str, int]) -> None:
    """So many refusals by each reason, of as many children as that takes."""
    codes = [code for code, count in said.items() for _ in range(count)]
    child = 0
    while codes:
        child += 1
        referral = builders.referral(services, builders.child("KJ", f"W-{child}"))
        services.approaches.ask(referral, services.homes.nearest(referral))
        for row in services.approaches.calls(referral).rows[: len(codes)]:
            services.approaches.refuse(row.id, Refusal((codes.pop(0),)))


def test_a_pack_holds_every_view_that_there_is_for_its_days(services: Services) -> None:
    pack = services.report.pack(date(2026, 1, 1), services.desk.today)
    said = {section.name for section in pack.sections} | {title for title, _ in pack.refused}
    for view in services.insight.views():
        assert view.name in said or view.title in said
    assert pack.period.first == date(2026, 1, 1)
    assert (pack.council, pack.made_by, pack.threshold) == ("Wirral", "Karen Moss", 6)


def test_a_view_that_cannot_be_counted_is_named_and_the_others_stand(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Report:
        raise NotFound("No figures were imported yet", mend="placement import dfe FILE")

    whole = services.insight.report
    monkeypatch.setattr(
        Insight,
        "report",
        lambda _self, name, *days: broken() if name == "market" else whole(name, *days),
    )
    pack = services.report.pack()
    assert len(pack.refused) == 1
    assert pack.refused[0][1].startswith("No figures were imported yet")
    assert "refusals" in {section.name for section in pack.sections}


def test_progress_goes_to_its_end(services: Services) -> None:
    steps: list[tuple[int, int]] = []
    services.report.pack(progress=lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize("said", ["2", "0", "-1", "x", "", "51", "6.5"])
def test_a_threshold_that_would_show_single_children_is_refused(services: Services, said: str) -> None:
    with pytest.raises(Invalid, match="is no threshold"):
        services.report.pack(threshold=said)


def test_a_higher_threshold_hides_no_less(services: Services) -> None:
    counts = [Row(f"type {at}", number, number) for at, number in enumerate((3, 7, 12, 30, 41))]
    views = (insight.View("made", "Made", "made"),)

    class Made(insight.Insight):
        def views(self) -> tuple[insight.View, ...]:
            return views

        def report(self, name: str, first: date | None = None, last: date | None = None, by: str = "") -> Report:
            period = Period(date(2026, 1, 1), date(2026, 2, 1))
            return Report(name, "Made", period, (Block("one", "One", "Counted", tuple(counts)),))

    from placement_tui.services.report import Boards

    board = Boards(services.desk, Made(services.desk))
    hidden = [board.pack(threshold=least).sections[0].blocks[0].hidden for least in (3, 6, 10, 20)]
    assert hidden == sorted(hidden)
    assert hidden[0] == 0
    assert hidden[-1] >= 3


def test_a_figure_called_by_a_home_that_is_not_public_or_by_a_child_is_left_out(services: Services) -> None:
    builders.referral(services, builders.child("KJQ", "W-55521"))
    rows = [Row(label, 40, 40) for label in (
        "not asked: Brackenfield House", "KJQ", "W-55521", "26-0001", "Alder Fostering", "Fostering",
    )]  # fmt: skip

    class Named(insight.Insight):
        def views(self) -> tuple[insight.View, ...]:
            return (insight.View("made", "Made", "made"),)

        def report(self, name: str, first: date | None = None, last: date | None = None, by: str = "") -> Report:
            period = Period(date(2026, 1, 1), date(2026, 2, 1))
            return Report(name, "Made", period, (Block("one", "One", "Counted", tuple(rows)),))

    from placement_tui.services.report import Boards

    (block,) = Boards(services.desk, Named(services.desk)).pack().sections[0].blocks
    assert [row.label for row in block.rows] == ["Alder Fostering", "Fostering"]


def test_who_may_only_look_may_hand_out_what_tells_of_nobody(services: Services, tmp_path: Path) -> None:
    builders.as_role(services, "viewer")
    made = services.report.write(tmp_path / "pack.html")
    assert made.path.exists()


@pytest.mark.parametrize("name", ["pack.pdf", "pack", "pack.xls"])
def test_a_file_whose_ending_says_no_kind_of_pack_is_refused(services: Services, tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match="says no kind of pack"):
        services.report.write(tmp_path / name)
    assert not list(tmp_path.glob("pack*"))


def test_a_pack_is_not_counted_for_a_file_that_is_there(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_text("mine")
    steps: list[int] = []
    with pytest.raises(Refused, match="There is a file already"):
        services.report.write(path, progress=lambda done, _: steps.append(done))
    assert (path.read_text(), steps) == ("mine", [])


def test_three_refusals_for_a_reason_are_hidden_in_the_twenty_that_there_are(services: Services) -> None:
    refusals(services, {"V1": 9, "C1": 3, "M1": 8})
    (section,) = [each for each in services.report.pack().sections if each.name == "refusals"]
    rows = {row.label: row for block in section.blocks if block.name == "reason" for row in block.rows}
    fee = next(row for label, row in rows.items() if label.startswith("C1"))
    assert (fee.hidden, fee.value, fee.numerator) == (True, None, None)
    assert sum(row.hidden for row in rows.values()) >= 2  # twenty less the others would tell it
    assert fee.denominator == 20
