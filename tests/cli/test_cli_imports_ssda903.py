"""Returns of earlier years on the command line: what is wrong by rule, and kept only where one says so."""

from __future__ import annotations

import json
from pathlib import Path

from placement_tui.cli.imports_ssda903 import SHOWN
from tests.cli.conftest import Run
from tests.services.return_files import FURTHER, episode, write_return


def test_a_return_with_a_fault_waits_for_a_word_and_says_the_rule(run: Run, tmp_path: Path) -> None:
    rows = [episode("K1", "01/05/2019", "01/06/2019"), episode("K2", "01/05/2019", PL_POST=FURTHER)]
    folder = write_return(tmp_path, 2020, Episodes=rows)
    refused = run("import", "ssda903", str(folder))
    assert refused.code == 1
    assert "148" in refused.out
    assert "episodes.csv, line 2" in refused.out
    assert "no reason is given (rule 148)" in refused.err
    assert "--keep-good" in refused.err
    told = run("import", "ssda903", str(folder), "--dry-run", "--format", "json")
    assert told.code == 0
    assert [(line["rule"], line["line"]) for line in told.row["doubted"]] == [("148", 2)]
    assert run("placements", "--all", "--format", "json").rows == []
    kept = run("import", "ssda903", str(folder), "--keep-good")
    assert kept.code == 0, kept.err
    assert "4 read: 4 added" in kept.err
    assert {row["identifier"] for row in run("placements", "--all", "--format", "json").rows} == {"K1", "K2"}
    again = run("import", "ssda903", str(folder), "--keep-good")
    assert "0 added, 0 changed, 4 unchanged" in again.err


def test_what_is_not_shown_is_counted_as_faults_for_a_line_may_have_two(run: Run, tmp_path: Path) -> None:
    away = {"HOME_POST": "ZZ1 1ZZ", "PL_POST": "ZZ2 2ZZ"}
    rows = [episode(f"K{each}", "01/05/2019", **away) for each in range(60)]
    told = run("import", "ssda903", str(write_return(tmp_path, 2020, Episodes=rows)), "--dry-run")
    faults = len(run("import", "ssda903", str(tmp_path), "--dry-run", "--format", "json").row["doubted"])
    assert faults > 60, "more than lines"
    assert f"and {faults - SHOWN:,} more faults" in told.err


def test_an_xml_with_an_entity_is_refused_in_one_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "return.xml"
    file.write_text('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><EXPSSDA903>&x;</EXPSSDA903>')
    refused = run("import", "ssda903", str(file))
    assert refused.code == 1
    assert "has a document type or entities of its own" in refused.err
    assert json.dumps("root:x") not in refused.err
