"""Undo, redo, and the chain: every change is there, in order, and whoever changes it is found."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.columns import operation
from placement_tui.db.migrate import TRIGGERS
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.endings import NewEnding, NewFactor
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.operations import Op, fold
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Conflict, PlacementError, Refused
from tests import builders


def outcomes(services: Services, referral: object) -> list[str]:
    return [row.outcome for row in services.approaches.calls(referral).rows]  # type: ignore[arg-type]  # an id


def test_each_thing_done_is_taken_back_by_one_key_and_says_what(services: Services) -> None:
    referral = builders.referral(services)
    wave = services.approaches.ask(referral, services.homes.nearest(referral, 5))
    first, second, third = wave.approaches[:3]
    services.approaches.refuse(first, Refusal(("M1",), would_change=("fee",)))
    assert services.history.undo().words.startswith("undid: log refusal, ")
    row = services.approaches.get(first)
    assert (row.outcome, row.reason, row.would_change, row.answered_at) == ("awaiting", None, (), None)
    services.approaches.no_reply(second)
    services.offers.log(third, NewOffer(81_200))
    services.history.undo()
    services.history.undo()
    assert outcomes(services, referral) == ["awaiting"] * 5
    assert services.offers.of(referral) == []
    assert "5 homes" in services.history.undo().words
    assert outcomes(services, referral) == []
    assert "26-" in services.history.undo().words
    assert services.referrals.board().rows == ()
    assert services.history.verify().faults == ()


def test_undo_and_redo_walk_back_and_forth(services: Services) -> None:
    referral = builders.referral(services)
    key = services.approaches.ask(referral, services.homes.nearest(referral, 1)).approaches[0]
    services.approaches.refuse(key, Refusal(("M1",)))
    for _ in range(3):
        services.history.undo()
        assert services.approaches.get(key).outcome == "awaiting"
        services.history.redo()
        assert services.approaches.get(key).outcome == "refusal"
        assert services.approaches.get(key).reason == "M1"
    services.history.undo()
    services.history.undo()
    services.history.redo()
    services.history.redo()
    assert services.approaches.get(key).reason == "M1"
    with pytest.raises(Refused, match="nothing to do again"):
        services.history.redo()


def test_one_field_changed_again_and_again_walks_back_and_forth(services: Services) -> None:
    """The answer corrected twice: taking back the second correction is no change that keeps the first."""
    referral = builders.referral(services)
    key = services.approaches.ask(referral, services.homes.nearest(referral, 1)).approaches[0]
    said = ("M1", "N2", "C1")
    for code in said:
        services.approaches.refuse(key, Refusal((code,)))
    for _ in range(2):
        for code in (*reversed(said[:-1]), None):
            services.history.undo()
            assert services.approaches.get(key).reason == code
        for code in said:
            services.history.redo()
            assert services.approaches.get(key).reason == code
    assert services.history.verify().faults == ()


def test_what_something_stands_on_is_not_taken_away(services: Services, store_path: object) -> None:
    referral = builders.referral(services)
    other = open_services(services.desk.store.path, None, builders.PASSPHRASE)
    other.approaches.ask(referral, other.homes.nearest(referral, 3))
    # the same officer at another desk: their wave stands on this referral
    with services.desk.read() as session:
        logged = select(operation.c.intention).where(operation.c.command == "log referral").limit(1)
        made = session.execute(logged).scalar_one()
    with services.desk.write("undo") as session:
        from placement_tui.db.changes import operations as changes
        from placement_tui.db.reads import operations

        with pytest.raises(Conflict, match=r"stands? on it"):
            changes.undo(session, operations.of_intention(session, made), services.desk.now)
    other.close()


def test_a_value_changed_since_by_somebody_else_is_kept(services: Services) -> None:
    from placement_tui.db.changes import operations as changes
    from placement_tui.db.reads import operations

    referral = builders.referral(services)
    key = services.approaches.ask(referral, services.homes.nearest(referral, 1)).approaches[0]
    services.approaches.refuse(key, Refusal(("M1",)))
    with services.desk.read() as session:
        done = operations.intentions(session, services.desk.officer.id)[0]
    services.approaches.refuse(key, Refusal(("V1",)))
    with services.desk.write("undo", undoes=done.id) as session, pytest.raises(Conflict, match="was changed by KM at"):
        changes.undo(session, operations.of_intention(session, done.id), services.desk.now)
    assert services.approaches.get(key).reason == "V1"


def test_a_placement_and_its_ending_are_taken_back_whole(services: Services) -> None:
    referral = builders.referral(services)
    wave = services.approaches.ask(referral, services.homes.nearest(referral, 4))
    offer, _ = services.offers.log(wave.approaches[0], NewOffer(81_200))
    rival, _ = services.offers.log(wave.approaches[1], NewOffer(90_000))
    started = services.placements.start(offer, NewPlacement(services.desk.now))
    services.endings.end(
        started.placements[0], NewEnding(services.desk.today, "CREQB", (NewFactor("IN2", "carer"),), lesson="Ring L20")
    )
    assert "end placement" in services.history.undo().words
    assert services.placements.get(started.placements[0]).ended_on is None
    assert services.endings.lessons() == []
    services.history.undo()
    assert services.placements.open() == []
    assert services.offers.get(offer).state == "open"
    assert services.offers.get(rival).state == "open"
    assert outcomes(services, referral) == ["offer", "offer", "awaiting", "awaiting"]
    assert services.referrals.get(referral).state == "open"


def test_the_store_equals_the_fold_of_its_operations(services: Services) -> None:
    referral = builders.referral(services)
    wave = services.approaches.ask(referral, services.homes.nearest(referral, 3))
    services.approaches.refuse(wave.approaches[0], Refusal(("M1", "N1"), would_change=("fee",), note="“quoted” [/b]"))
    services.history.undo()
    services.approaches.no_reply(wave.approaches[1])
    from placement_tui.db import journal
    from placement_tui.db.columns import names_of, operation
    from placement_tui.db.tables import RECORDS

    with services.desk.read() as session:
        rows = session.execute(operation.select()).all()
        by_key: dict[object, list[Op]] = {}
        nouns = {}
        for row in rows:
            by_key.setdefault(row.key, []).append(Op(row.id.hex, row.device.hex, row.hlc, row.fields, row.base))
            nouns[row.key] = row.noun
        for key, ops in by_key.items():
            record = session.get_one(RECORDS[nouns[key]], key)
            state = fold(ops)
            for name in names_of(RECORDS[nouns[key]]):
                shown = journal.plain(getattr(record, name))
                folded = state[name].value if name in state else None
                assert shown == folded or (not shown and not folded), (nouns[key], name)
                assert name not in state or not state[name].conflict


@pytest.mark.file_store
@pytest.mark.parametrize(
    ("forgery", "said"),
    [
        ("UPDATE operation SET fields = json_set(fields, '$.initials', 'XX') WHERE noun = 'officer'", "its values were changed"),
        ("UPDATE operation SET command = 'nothing' WHERE sequence = 3", "its header or its place was changed"),
        ("UPDATE operation SET officer_id = NULL WHERE sequence = 4", "its header or its place was changed"),
        ("DELETE FROM operation WHERE sequence = 5", "before it are missing"),
        ("DELETE FROM operation WHERE sequence = (SELECT max(sequence) FROM operation)", "the chain ends at"),
        ("UPDATE operation SET sequence = CASE sequence WHEN 6 THEN -7 WHEN 7 THEN 6 END WHERE sequence IN (6, 7)", ""),
    ],
)  # fmt: skip
def test_whoever_changes_the_journal_is_found(services: Services, forgery: str, said: str) -> None:
    builders.referral(services)
    with services.desk.store.maintain() as connection:
        for trigger in ("operation_stays", "operation_kept"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql(forgery)
        for trigger in ("operation_stays", "operation_kept"):  # whoever covers their traces puts them back
            connection.exec_driver_sql(TRIGGERS[trigger])
        connection.commit()
    faults = services.history.verify().faults
    assert faults
    assert any(said in fault.what for fault in faults)


@pytest.mark.file_store
@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("DROP TRIGGER operation_kept", "gone or altered (operation_kept)"),
        ("CREATE TRIGGER t AFTER INSERT ON child BEGIN UPDATE setting SET value = 'true'; END", "did not make the t "),
        ("CREATE VIEW everyone AS SELECT * FROM child", "did not make the everyone "),
        ("CREATE TABLE aside (name TEXT)", "did not make the aside "),
    ],
)
def test_what_guards_the_journal_stands_and_nothing_strange_beside_it(
    services: Services, planted: str, said: str
) -> None:
    with services.desk.store.maintain() as connection:
        connection.exec_driver_sql(planted)
        connection.commit()
    (fault,) = services.history.verify().faults
    assert said in fault.what


def test_every_change_names_who_when_and_by_what_command(services: Services) -> None:
    referral = builders.referral(services)
    services.referrals.amend(referral, {"why_now": "Hospital discharge"})
    last = services.history.of(referral)[0]
    assert (last.officer, last.command, dict(last.fields or {})) == (
        "KM",
        "amend referral",
        {"why_now": "Hospital discharge"},
    )
    assert last.base["why_now"]  # and which operation it replaces
    assert json.loads(json.dumps(dict(last.fields or {})))


def test_an_import_of_settings_is_not_undone_by_one_key(services: Services) -> None:
    for _ in range(5):
        try:
            services.history.undo()
        except PlacementError as error:
            assert error.mend or error.title  # noqa: PT017 - a sentence, whatever was last
            break
    else:
        pytest.fail("making the store was undone")
