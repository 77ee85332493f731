"""Sign-off and delay on the command line."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def offered(run: Run, asked: str) -> tuple[str, str]:
    """The reference, and the name of a home that offered until nine tonight."""
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    assert run("log", "offer", asked, name, "--fee", "4150", "--expires", "21:00").code == 0
    return asked, name


def test_asked_returned_asked_again_and_approved_on_the_phone(run: Run, offered: tuple[str, str]) -> None:
    reference, name = offered
    made = run(
        "sign-off", "ask", reference, name, "--kind", "budget", "--words", "No bed nearer", "--format", "json"
    ).row
    assert (made["state"], made["kinds"], made["reference"]) == ("asked", ["budget"], reference)
    [row] = run("sign-offs", "--format", "json").rows
    assert (row["name"], row["kinds"], row["words"], row["lapses_at"][11:16]) == (
        name,
        ["budget"],
        "No bed nearer",
        "20:00",
    )
    own = run("sign-off", "approve", reference, name)
    assert own.code == 1
    assert "nobody decides what they asked for" in own.err
    assert run("sign-off", "return", reference, name, "--for", "Fee split", "--by", "Jan Cole").code == 0
    assert "Fee split" in run("sign-offs").out
    assert run("sign-off", "again", reference, name, "--words", "3600 care, 550 education").code == 0
    said = run("sign-off", "approve", reference, name, "--by", "Jan Cole", "--why", "As agreed")
    assert "approved by the word of Jan Cole" in said.err
    [row] = run("sign-offs", reference, "--format", "json").rows
    assert (row["state"], row["decided_by_name"], row["decided_by"], row["why"]) == (
        "approved",
        "Jan Cole",
        "KM",
        "As agreed",
    )
    assert run("sign-offs").out == ""
    assert run("undo").code == 0
    assert run("sign-off", "withdraw", reference, name).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", "{ref}", "{name}"), "needs no sign-off"),
        (("ask", "{ref}", "{name}", "--kind", "bugdet"), "budget"),
        (("ask", "{ref}", "{name}", "--kind", "budget", "--lapses", "23:00"), "stands until"),
        (("ask", "{ref}", "{name}", "--kind", "budget", "--of", "Zed Nobody"), "does not approve this"),
        (("ask", "{ref}", "{name}", "--kind", "other"), "Say what is to be signed off"),
        (("approve", "{ref}", "{name}"), "No sign-off was asked"),
    ],
)
def test_refused_with_the_sentence_that_mends_it(
    run: Run, offered: tuple[str, str], words: tuple[str, ...], said: str
) -> None:
    reference, name = offered
    ran = run("sign-off", *(word.format(ref=reference, name=name) for word in words))
    assert ran.code == 1
    assert ran.out == ""
    assert said in ran.err


def test_a_refusal_needs_why_and_several_need_which(run: Run, offered: tuple[str, str]) -> None:
    reference, name = offered
    assert run("sign-off", "refuse", reference, name).code == 2
    for kind in ("budget", "grade"):
        assert run("sign-off", "ask", reference, name, "--kind", kind).code == 0
    several = run("sign-off", "refuse", reference, name, "--why", "no", "--by", "Jan Cole")
    assert "waits for 2 sign-offs" in several.err
    assert "budget; grade below policy" in several.err.casefold()
    one = run("sign-off", "refuse", reference, name, "--why", "Too dear", "--by", "Jan Cole", "--kind", "budget")
    assert one.code == 0
    states = {row["kinds"][0]: row["state"] for row in run("sign-offs", reference, "--format", "json").rows}
    assert states == {"budget": "refused", "grade": "asked"}


def test_where_the_time_goes_as_a_table_json_and_csv(run: Run, offered: tuple[str, str]) -> None:
    rows = {row["code"]: row for row in run("insight", "delay", "--format", "json").rows}
    assert rows["referrals"]["n"] == 1
    assert rows["offer"]["n"] == 1
    assert rows["deciding"]["median_minutes"] is None
    assert "from the first home asked" in rows["offer"]["definition"]
    table = run("insight", "delay", "--by", "urgency")
    assert "first approach to first offer" in table.out
    assert "offers that lapsed" in table.err
    [head, *lines] = csv.reader(io.StringIO(run("insight", "delay", "--by", "month", "--format", "csv").out))
    assert head == ["by", "group", "code", "label", "n", "median_minutes", "p90_minutes", "definition"]
    assert {line[1] for line in lines} == {"2026-10"}
    [each] = run("insight", "delay", "--each", "--format", "json").rows
    assert each["reference"] == offered[0]
    assert run("insight", "delay", "--from", "1/9/2026", "--to", "30/9/2026", "--format", "json").rows[0]["n"] == 0
    assert "comes before the first" in run("insight", "delay", "--from", "1/10/2026", "--to", "1/9/2026").err
    assert "no way to group" in run("insight", "delay", "--by", "moon").err
