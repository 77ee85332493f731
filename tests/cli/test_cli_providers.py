"""Providers, and what would make the difference, on the command line."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_a_page_fills_with_what_is_logged_and_gives_it_as_json(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    assert run("log", "contact", "fir tree", "Jo Hale, manager, night 07700 900123").code == 0
    assert run("log", "visit", name, "--due", "3 dec").code == 0
    assert run("log", "visit", name, "--found", "Warm, two staff on").code == 0
    assert run("log", "concern", name, "No cook since Monday", "--by", "Pat Lowe").code == 0
    assert run("log", "voice", name, "The dog sleeps on my bed").code == 0
    pages = [run("provider", each["id"], "--format", "json").row for each in run("providers", "--format", "json").rows]
    page = next(page for page in pages if page["concerns"])
    assert [row["name"] for each in pages for row in each["contacts"]] == ["Jo Hale"]
    assert [(row["visited_on"], row["found"]) for row in page["visits"]] == [("2026-10-14", "Warm, two staff on")]
    assert page["voices"][0]["words"] == "The dog sleeps on my bed"
    assert run("log", "concern", name, "--settled", "One began").code == 0
    again = run("log", "concern", name, "--settled", "Twice")
    assert (again.code, "No such concern is open there" in again.err) == (1, True)
    shown = run("provider", page["name"]).out
    assert "No cook since Monday" in shown
    assert "One began" in shown


def test_bad_words_are_refused_with_a_sentence(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    for words, said in (
        (("provider", "nobody at all"), "No provider answers"),
        (("log", "contact", "fir tree", "Jo Hale"), "no way to reach Jo Hale"),
        (("log", "visit", name, "--due", "yesterday"), "has passed"),
        (("log", "visit", name, "--on", "tomorrow"), "still to come"),
        (("log", "concern", name, ""), "The concern is empty"),
        (("log", "voice", name, "Hello", "--child", "ZZ"), "no one child of that home"),
        (("log", "suspension", "--why", "x"), "Name one home"),
        (("merge", "providers", "fir tree", "--into", "fir tree"), "into itself"),
        (("insight", "difference", "--change", "magic"), "would change nothing here"),
        (("insight", "difference", "--days", "0"), "0 cannot be"),
    ):
        ran = run(*words)
        assert ran.code in (1, 2), words
        assert said in ran.err, ran.err
        assert ran.out == ""


def test_a_suspended_home_is_kept_from_being_asked_until_it_is_lifted(run: Run) -> None:
    name = run("homes", "--format", "json").rows[0]["name"]
    assert run("log", "suspension", name, "--why", "Under investigation").code == 0
    home = next(row for row in run("homes", "--format", "json").rows if row["name"] == name)
    assert home["suspended"] == "Under investigation"
    assert run("log", "suspension", name, "--lift", "--why", "Cleared").code == 0
    home = next(row for row in run("homes", "--format", "json").rows if row["name"] == name)
    assert home["suspended"] is None


def test_doubles_are_looked_at_merged_and_taken_back(run: Run, asked: str) -> None:
    before = run("providers", "--format", "json").rows
    dry = run("merge", "providers", "fir tree", "--into", "Ó Súilleabháin Fostering", "--dry", "--format", "json")
    assert dry.row["home"] > 0
    assert run("providers", "--format", "json").rows == before
    done = run("merge", "providers", "fir tree", "--into", "Ó Súilleabháin Fostering")
    assert (done.code, "`placement undo` takes all of it back" in done.err) == (0, True)
    assert run("provider", "Fir Tree Care", "--format", "json").row["name"] == "Ó Súilleabháin Fostering"
    assert run("undo").code == 0
    assert run("providers", "--format", "json").rows == before
    assert run("verify").code == 0


def test_a_no_is_asked_again_with_a_reason_and_both_stand_on_the_call_list(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    assert run("log", "refusal", asked, name, "--reason", "C1", "--change", "fee").code == 0
    [row] = [row for row in run("insight", "difference", "--format", "json").rows if row["code"] == "fee"]
    assert (row["refusals"], row["said"], row["again"]) == (1, 1, 0)
    bare = run("ask", "again", asked, name)
    assert (bare.code, "Nothing that" in bare.err and "has changed" in bare.err) == (1, True)
    assert run("ask", "again", asked, name, "--why", "fee agreed by Helen").code == 0
    rows = [row for row in run("calls", asked, "--format", "json").rows if row["name"] == name]
    assert sorted(row["outcome"] for row in rows) == ["awaiting", "refusal"]
    assert run("log", "offer", asked, name, "--fee", "900").code == 0, "the one asked again is meant"
    [each] = run("insight", "difference", "--each", "--format", "json").rows
    assert each["why_not"] == "they were asked again since"
