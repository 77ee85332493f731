"""Where our children live: counted by authority and distance; drawn for who may see it, and for nobody's file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import select

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Authority, Home
from placement_tui.domain.maps import AreaMap, Outline, bounds
from placement_tui.errors import Refused, WrongUse
from placement_tui.widgets.charts import lines_of
from placement_tui.widgets.text import spans
from tests import builders

WIRRAL = "E08000015"
SHAPE = [[-3.25, 53.28], [-2.93, 53.28], [-2.93, 53.44], [-3.2, 53.44], [-3.25, 53.28]]


def borders(path: Path, *codes: str) -> Path:
    features = [
        {"type": "Feature", "properties": {"CTYUA24CD": code, "CTYUA24NM": f"Area {code[-2:]}"},
         "geometry": {"type": "Polygon", "coordinates": [[[x + at * 0.4, y] for x, y in SHAPE]]}}
        for at, code in enumerate(codes)
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def area_of(services: Services) -> AreaMap:
    found = services.insight.report("map").blocks[0].area
    assert found is not None
    return found


def test_children_are_counted_by_authority_and_distance(services: Services) -> None:
    builders.placed(services, builders.child("KJ", "W-1"))
    builders.placed(services, builders.child("AB", "W-2"))
    report = services.insight.report("map")
    assert [(row.label, row.value) for row in report.blocks[0].rows] == [(WIRRAL, 2)]
    assert [(row.across, row.value) for row in report.blocks[1].rows] == [("up to 5 miles", 2)]
    assert report.blocks[0].area is None  # no border was imported yet: the bars say so
    text = "\n".join("".join(span.text for span in spans(line)) for line in lines_of(report.blocks[0], 80, 20))
    assert "placement import boundaries" in text


def test_borders_come_in_once_and_change_where_they_moved(services: Services, tmp_path: Path) -> None:
    path = borders(tmp_path / "b.geojson", WIRRAL, "E08000012")
    first, again = services.imports.boundaries(path), services.imports.areas([path])
    assert (first.added, again.added, again.unchanged) == (2, 0, 2)
    assert [each.code for each in area_of(services).outlines] == ["E08000012", WIRRAL]
    path.write_text(path.read_text().replace("53.44", "53.46"))
    assert services.imports.boundaries(path).changed == 2
    with pytest.raises(WrongUse, match="by themselves"):
        services.imports.areas([path, path])


def test_a_trial_writes_nothing_and_a_viewer_may_not(services: Services, tmp_path: Path) -> None:
    path = borders(tmp_path / "b.geojson", WIRRAL)
    assert services.imports.boundaries(path, dry=True).added == 1
    assert services.imports.boundaries(path, dry=True).added == 1
    builders.as_role(services, "viewer")
    with pytest.raises(Refused):
        services.imports.boundaries(path)


@pytest.mark.parametrize(
    ("said", "kept"), [("E08000038", "E08000016"), ("E08000019", "E08000039"), ("E08000012", "E08000012")]
)
def test_barnsley_and_sheffield_are_one_authority_each_by_either_code(
    services: Services, tmp_path: Path, said: str, kept: str
) -> None:
    with services.desk.write("areas") as session:
        session.add(Authority(gss=kept, name="Known", dfe_code="370"))
    services.imports.boundaries(borders(tmp_path / "one.geojson", said))
    assert [each.code for each in area_of(services).outlines] == [kept]
    services.imports.boundaries(borders(tmp_path / "two.geojson", kept))
    assert len(area_of(services).outlines) == 1


def test_a_restricted_home_is_a_point_for_officers_and_the_middle_of_its_authority_for_viewers(
    services: Services, tmp_path: Path
) -> None:
    services.imports.boundaries(borders(tmp_path / "b.geojson", WIRRAL))
    builders.placed(services)
    near = services.homes.nearest(builders.referral(services, builders.child("AB", "W-2")))
    with services.desk.write("restrict") as session:
        for home in near:
            rows.change(session, Home, home, {"restricted": True})
    precise = area_of(services).marks
    builders.as_role(services, "viewer")
    services.desk.refresh_officer()
    (rough,) = area_of(services).marks
    west, south, east, north = bounds(area_of(services).outlines) or (0, 0, 0, 0)
    assert (rough.longitude, rough.latitude) == pytest.approx(((west + east) / 2, (south + north) / 2))
    assert rough.rough
    assert [(mark.longitude, mark.latitude) for mark in precise] != [(rough.longitude, rough.latitude)]


def test_no_place_of_a_mark_is_in_the_pack_nor_in_what_the_command_line_writes(
    services: Services, tmp_path: Path
) -> None:
    from placement_tui.exchange.board_html import as_html

    services.imports.boundaries(borders(tmp_path / "b.geojson", WIRRAL))
    builders.placed(services)
    with services.desk.write("move") as session:
        for home in session.execute(select(Home.id)).scalars():
            rows.change(session, Home, home, {"latitude": 53.3912345, "longitude": -3.0312345})
    (mark,) = area_of(services).marks
    html = as_html(services.report.pack())
    assert str(mark.latitude) not in html
    assert str(mark.longitude) not in html


def test_the_map_names_its_signs_and_what_lies_beyond(services: Services, tmp_path: Path) -> None:
    services.imports.boundaries(borders(tmp_path / "b.geojson", WIRRAL))
    builders.placed(services)
    for width, height in ((80, 20), (120, 34), (60, 12)):
        lines = [
            "".join(span.text for span in spans(line))
            for line in lines_of(services.insight.report("map").blocks[0], width, height)
        ]
        assert len(lines) == height
        assert all(len(line) <= width for line in lines)
        assert "●" in "".join(lines[:-2])
        assert "● up to 20 miles from home: 1" in lines[-2]
        assert any("Area 15" in line for line in lines)


def test_an_outline_has_its_box() -> None:
    assert bounds([Outline("E", "e", (((-3.0, 53.0), (-2.0, 53.0), (-2.0, 54.0), (-3.0, 53.0)),))]) == (
        -3.0,
        53.0,
        -2.0,
        54.0,
    )
    assert bounds([]) is None
