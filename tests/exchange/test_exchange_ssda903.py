"""Files of the return: recognised by their columns, whatever is odd about them; hostile XML refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement_tui.domain.codes.ssda903_tables import TABLES
from placement_tui.errors import BadFile
from placement_tui.exchange.ssda903 import ReturnFiles, read_return
from placement_tui.exchange.ssda903_csv import part_of
from tests.services.return_files import episode, header, write_return, write_table


def parts(files: ReturnFiles) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in files.rows:
        found[row.part] = found.get(row.part, 0) + 1
    return found


@pytest.mark.parametrize("part", TABLES)
def test_each_table_is_known_by_its_columns_in_any_order_and_case(part: str) -> None:
    columns = list(TABLES[part])
    random.Random(part).shuffle(columns)
    assert part_of(columns) == (part, ())
    assert part_of([*columns, "NOTES", "ROWNUMBER"]) == (part, ())


@given(st.sets(st.sampled_from(sorted({name for columns in TABLES.values() for name in columns}))))
def test_columns_are_one_part_or_none_and_never_a_guess(columns: set[str]) -> None:
    part, between = part_of(sorted(columns))
    assert part is None or not between
    if part is not None:
        assert "CHILD" in columns


def test_odd_files_load_with_a_word_about_what_is_odd(tmp_path: Path) -> None:
    rows = [episode("k1", "2019-05-01", "1 June 2019", "e4a", NOTE="Zoë's", ls="c2")]
    columns = [name for name in (*reversed(TABLES["Episodes"]), "NOTE") if name != "URN"]
    write_table(tmp_path / "anything.csv", "Episodes", rows, columns, "cp1252")
    (tmp_path / "header.txt").write_bytes(
        b"\xef\xbb\xbf" + b"child id,sex,dob,ethnic,upn,mother,mc_dob\r\nK1,1,04/05/2012,wbri,UN1,,\r\n"
    )
    files = read_return([tmp_path])
    assert parts(files) == {"Episodes": 1, "Header": 1}
    assert files.refused == ()
    row = next(row for row in files.rows if row.part == "Episodes")
    assert (row.year, row.child, row.text("DECOM"), row.text("DEC"), row.text("REC"), row.text("URN")) == (
        2020, "K1", "01/05/2019", "01/06/2019", "E4A", "",
    )  # fmt: skip
    notes = " ".join(files.notes)
    for words in (
        "another order",
        "no column URN",
        "NOTE is no column of Episodes",
        "Windows text",
        "the return of 2019-20",
    ):
        assert words in notes, notes


def test_a_file_that_could_be_two_parts_or_none_is_told_and_left_aside(tmp_path: Path) -> None:
    write_return(tmp_path, 2020, Episodes=[episode("K1", "01/05/2019")])
    write_table(
        tmp_path / "both.csv",
        "Reviews",
        [],
        ["CHILD", "DOB", "REVIEW", "REVIEW_CODE", "MISSING", "MIS_START", "MIS_END"],
    )
    (tmp_path / "other.csv").write_text("Name,Beds\nFir House,3\n")
    files = read_return([tmp_path])
    told = {line.sheet: line.reason for line in files.refused}
    assert "its columns are those of Reviews and of Missing" in told["both.csv"]
    assert "no table of the return has its columns (Name, Beds)" in told["other.csv"]
    assert parts(files) == {"Episodes": 1, "Header": 1}


def test_several_years_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    for year, day in ((2017, "01/05/2017"), (2018, "01/05/2018")):
        write_table(
            tmp_path / f"{year}-episodes.csv", "Episodes", [episode("K1", day, day.replace("/05/", "/07/"), "E4A")]
        )
        write_table(tmp_path / f"{year}-oc2.csv", "OC2", [{"CHILD": "K1"}])
    write_table(tmp_path / "2019-oc2.csv", "OC2", [{"CHILD": "K1"}])  # beside the others its name says enough
    files = read_return([tmp_path])
    assert {(row.part, row.year) for row in files.rows} == {
        ("Episodes", 2018), ("Episodes", 2019), ("OC2", 2018), ("OC2", 2019), ("OC2", 2020),
    }  # fmt: skip


def test_a_part_that_is_there_twice_of_one_year_is_read_once(tmp_path: Path) -> None:
    for name in ("draft", "final"):
        write_return(tmp_path / name, 2020, Episodes=[episode("K1", "01/05/2019", "01/06/2019", "E4A")])
    files = read_return([tmp_path / "draft", tmp_path / "final"])
    assert parts(files) == {"Episodes": 1, "Header": 1}
    assert "has Episodes of 2019-20 already" in files.refused[0].reason


CHILD_XML = """<?xml version="1.0" encoding="utf-8"?>
<EXPSSDA903>
 <CHILD>
  <HEADER><CHILDID>K1</CHILDID><UPN>UN1</UPN><SEX>2</SEX><DOB>04/05/2012</DOB><ETHNIC>WBRI</ETHNIC>
   <UASC>1</UASC><DUC>04/05/2030</DUC><IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>B1</ACCOM><MOTHER>0</MOTHER>
   <AREVIEW><REVIEW>01/07/2019</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
   <AMISSING><MISSING>M</MISSING><MIS_START>02/07/2019</MIS_START><MIS_END/></AMISSING>
   <PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE>
   <OC2><CONVICTED>0</CONVICTED><HEALTH_CHECK>1</HEALTH_CHECK><IMMUNISATIONS>1</IMMUNISATIONS></OC2>
   <WORD>x</WORD><STRANGE><THING>1</THING></STRANGE>
  </HEADER>
  <EPISODE><DECOM>01/05/2019</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><PL_POST>CH41 5AA</PL_POST>
   <HOME_POST>CH41 5AL</HOME_POST><URN>9700001</URN><PLACE_PROVIDER>PR4</PLACE_PROVIDER><DEC>01/06/2019</DEC><REC>X1</REC></EPISODE>
  <EPISODE><DECOM>01/06/2019</DECOM><RNE>L</RNE><LS>E1</LS><CIN>N1</CIN><PL>U6</PL><DEC/><REC/></EPISODE>
 </CHILD>
 <CHILD><HEADER><CHILDID>K2</CHILDID><UPN>UN2</UPN><SEX>1</SEX><DOB>01/01/2010</DOB><ETHNIC>CHNE</ETHNIC></HEADER></CHILD>
</EXPSSDA903>
"""


def test_the_xml_says_what_the_tables_say_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "return.xml"
    file.write_text(CHILD_XML)
    files = read_return([file])
    assert parts(files) == {
        "Header": 2, "UASC": 1, "OC3": 1, "Reviews": 1, "Missing": 1, "PrevPerm": 1, "OC2": 1, "Episodes": 2,
    }  # fmt: skip
    first, second = (row for row in files.rows if row.part == "Episodes")
    assert (first.child, first.text("PLACE"), first.text("DEC"), first.line, first.year) == (
        "K1",
        "U6",
        "01/06/2019",
        12,
        2020,
    )
    assert (second.text("LS"), second.text("DEC"), second.text("HOME_POST")) == ("E1", "", "")
    review = next(row for row in files.rows if row.part == "Reviews")
    assert (review.child, review.text("DOB"), review.text("REVIEW_CODE")) == ("K1", "04/05/2012", "PN1")
    assert [row.child for row in files.rows if row.part == "Header"] == ["K1", "K2"]
    assert any("STRANGE" in line.reason for line in files.refused)


HOSTILE = {
    "an external entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><EXPSSDA903><CHILD>&x;</CHILD></EXPSSDA903>',
    "a billion laughs": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><EXPSSDA903>&c;</EXPSSDA903>',
    "a document type": '<!DOCTYPE EXPSSDA903 SYSTEM "http://example.org/903.dtd"><EXPSSDA903/>',
    "a parameter entity": '<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/hosts"> %x;]><EXPSSDA903/>',
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_xml_is_refused_before_it_is_read(tmp_path: Path, what: str) -> None:
    file = tmp_path / "return.xml"
    file.write_text(HOSTILE[what])
    with pytest.raises(BadFile, match="has a document type or entities of its own") as refused:
        read_return([file])
    assert "return.xml" in str(refused.value)
    assert "root:" not in str(refused.value)


def test_xml_that_is_broken_or_something_else_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "return.xml"
    file.write_text(CHILD_XML[:900])
    with pytest.raises(BadFile, match=r"not well-formed XML\. Line 1"):
        read_return([file])
    file.write_text("<html><body/></html>")
    with pytest.raises(BadFile, match="begins with HTML instead of EXPSSDA903"):
        read_return([file])
    file.write_text("<EXPSSDA903>" + "<CHILD>" * 200)
    with pytest.raises(BadFile, match="too deep"):
        read_return([file])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(TABLES["Episodes"]), st.text(max_size=12), max_size=13), max_size=6))
def test_whatever_stands_in_the_cells_the_rows_come_out_by_line(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    clean = [{name: "".join(each for each in text if each.isprintable()) for name, text in row.items()} for row in rows]
    file = write_table(
        tmp_path / "episodes.csv", "Episodes", [episode("K1", "01/05/2019"), *clean], encoding="utf-8-sig"
    )
    files = read_return([file])
    filled = [row for row in clean if any(text.strip() for text in row.values())]
    assert len(files.rows) == 1 + len(filled)
    assert [row.line for row in files.rows] == sorted(row.line for row in files.rows)


def test_what_holds_nothing_of_a_return_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="holds no file of a return"):
        read_return([tmp_path])
    (tmp_path / "a.csv").write_text("Name\nx\n")
    with pytest.raises(BadFile, match="holds no table of an SSDA903 return"):
        read_return([tmp_path])
    with pytest.raises(BadFile, match="There is no file"):
        read_return([tmp_path / "none.csv"])
    (tmp_path / "ad1.csv").write_text("\n")
    write_table(tmp_path / "header.csv", "Header", [header("K1")])
    write_table(tmp_path / "episodes.csv", "Episodes", [episode("K1", "01/05/2019")])
    assert "Empty: ad1.csv." in read_return([tmp_path]).notes
