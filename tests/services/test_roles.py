"""Roles hold in the services, whatever asks: each public method that writes, as each role."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import placement_tui.domain
import placement_tui.services
from placement_tui.bootstrap import Part, Services, open_services
from placement_tui.db import slots
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.officers import RIGHT_WORDS, ROLES, may
from placement_tui.errors import PlacementError, Refused
from tests import builders, engines

PRIYA = "velvet anchor toucan plum"
# What an officer of any role writes: not the team's records, but their own typing, their own passphrase, what they saw.
OWN = {
    "drafts.save", "drafts.discard", "officers.change_passphrase", "officers.take_in_attempts", "officers.forget",
    "officers.remember", "audit.seen", "audit.noted",
}  # fmt: skip
BESIDE = {
    "services/desk.py", "services/drafts.py", "services/audit.py", "services/officers.py", "services/queries.py",
    "services/retention_access.py", "services/story.py", "services/ssda903.py",  # that somebody looked
    "services/facts/keeping.py", "services/insight_indicators_facts.py", "services/insight_kept.py",  # figures that can be worked out again
    "services/glances.py", "services/retention.py",  # a board that can be read again, kept; derived figures thrown away
    "services/meetings.py", "services/laptops.py",  # what others logged; each asks for the right itself
}  # fmt: skip


def calls(method: ast.AST) -> set[str]:
    """The dotted names that are called in a method: `self._desk.write`."""
    return {ast.unparse(node.func) for node in ast.walk(method) if isinstance(node, ast.Call)}


def methods() -> Iterator[tuple[str, ast.FunctionDef, set[str]]]:
    """Every public method of every service, with what it calls, also through its own private methods."""
    parts = {name: part.kind() for name, part in vars(Services).items() if isinstance(part, Part)}
    for service, kind in parts.items():
        tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
        assert isinstance(tree, ast.ClassDef)
        own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for name, node in own.items():
            if name.startswith("_") or any("property" in ast.unparse(each) for each in node.decorator_list):
                continue
            reached, waiting = set(), {name}
            while waiting:
                found = calls(own[waiting.pop()])
                waiting |= {each[5:] for each in found - reached if each[5:] in own and each.startswith("self.")}
                reached |= found
            yield f"{service}.{name}", node, reached


ALL = {name: (node, reached) for name, node, reached in methods() if not name.startswith(("feed.", "watch."))}
WRITING = sorted(name for name, (_, reached) in ALL.items() if any(each.endswith("desk.write") for each in reached))
RIGHTED = sorted(
    (name, ast.literal_eval(call.args[0]))
    for name, (node, _) in ALL.items()
    for call in ast.walk(node)
    if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("desk.require")
)


INPUTS = {
    name: kind
    for module in (*(each.name for each in pkgutil.iter_modules(placement_tui.domain.__path__)), "returns.typed")
    for name, kind in vars(importlib.import_module(f"placement_tui.domain.{module}")).items()
    if inspect.isclass(kind) and is_dataclass(kind)
}


def given(node: ast.FunctionDef, known: dict[str, Any]) -> list[Any]:
    """Something for each argument that has to be there."""
    need = node.args.args[1 : len(node.args.args) - len(node.args.defaults)]
    return [_of(argument.arg, ast.unparse(argument.annotation or ast.Constant(0)), known) for argument in need]


def _of(name: str, kind: str, known: dict[str, Any]) -> Any:
    kind = kind.removesuffix(" | None")
    if name in known:
        return known[name]
    if kind == "UUID":
        return new_id()
    if kind in ("int", "float"):
        return 1
    if kind in ("datetime", "date"):
        return known[kind]
    if kind.startswith(("Sequence", "Collection", "Iterable", "tuple", "frozenset")):
        return ()
    if kind.startswith(("Mapping", "dict")):
        return {}
    if kind in INPUTS:
        made = {
            field.name: _of(field.name, str(field.type), known)
            for field in fields(INPUTS[kind])
            if field.default is MISSING and field.default_factory is MISSING
        }
        return INPUTS[kind](**made)
    return known["path"] if "Path" in kind else "x"


def call(services: Services, name: str, known: dict[str, Any]) -> None:
    """Call a service's method as a screen or a command would."""
    service, method = name.split(".")
    getattr(getattr(services, service), method)(*given(ALL[name][0], known))


@pytest.fixture(scope="module")
def two(
    made_team: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Services, Services, dict[str, Any]]]:
    """An administrator's session, a colleague's whose role changes, and what there is to act on."""
    folder = tmp_path_factory.mktemp("roles")
    engines.copied(made_team, folder / made_team.name)
    path = folder / made_team.name
    ours = open_services(path, None, builders.PASSPHRASE)
    referral = builders.referral(ours, builders.child(initials="AB", identifier="W-1"))
    offer = builders.offered(ours, referral, builders.NewOffer(80_000))[0]
    placement = builders.placed(ours)
    calls_ = ours.approaches.calls(referral).rows
    known: dict[str, Any] = {
        "referral_id": referral, "offer_id": offer, "placement_id": placement, "approach_id": calls_[1].id,
        "home_id": calls_[0].home_id, "home_ids": [calls_[0].home_id], "path": folder / "missing.csv",
        "name": "stale_hours", "register": "dol", "datetime": datetime(2026, 10, 20, tzinfo=UTC), "date": date(2026, 10, 20),
    }  # fmt: skip
    ours.officers.add("Priya Lal", "viewer", PRIYA)
    hers = open_services(path, "Priya Lal", PRIYA)
    yield ours, hers, known
    hers.close()
    ours.close()


def be(two: tuple[Services, Services, dict[str, Any]], role: str) -> Services:
    """The colleague's session, in that role."""
    ours, hers, _ = two
    row = ours.officers.everyone()[1]
    if row.role != role:
        ours.officers.set_role(row.id, role)
    return hers


def operations(services: Services) -> int:
    """How much of the team's records the journal holds; what was seen and who failed to get in is no record."""
    return services.history.verify().operations


def test_the_walk_finds_them() -> None:
    assert len(WRITING) > 40
    assert {"referrals.log", "approaches.refuse", "offers.accept", "endings.end", "history.undo"} < set(WRITING)
    assert {right for _, right in RIGHTED} >= {"officers", "audit", "settings", "override", "retention"}


@pytest.mark.parametrize("name", sorted(set(WRITING) - OWN))
def test_a_viewer_changes_nothing(two: tuple[Services, Services, dict[str, Any]], name: str) -> None:
    hers = be(two, "viewer")
    before = _newest(two[0])
    with pytest.raises(PlacementError):
        call(hers, name, two[2])
    assert _newest(two[0]) == before


def _newest(services: Services) -> UUID | None:
    latest = services.history.latest(1)
    return latest[0].id if latest else None


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "right"), RIGHTED)
def test_a_right_is_its_roles_and_nobody_elses(
    two: tuple[Services, Services, dict[str, Any]], name: str, right: str, role: str
) -> None:
    if name == "backups.move" and engines.on_server():
        pytest.skip("who may would move the store away from the others")
    hers = be(two, role)
    refusal = None
    try:
        call(hers, name, two[2])
    except Refused as said:
        refusal = said if f"may not {RIGHT_WORDS[right]}" in said.title else None
    except PlacementError:
        pass
    assert (refusal is None) == may(role, right)


def test_no_service_writes_past_the_desk() -> None:
    """`Desk.write` refuses a viewer; what goes to the store itself is an officer's own, and stands in `OWN`."""
    root = Path(placement_tui.services.__file__).parents[1]
    found = {
        str(file.relative_to(root))
        for folder in ("services", "exchange", "cli", "screens", "widgets")
        for file in (root / folder).rglob("*.py")
        if any(name.endswith("store.write") for name in calls(ast.parse(file.read_text())))
    }
    assert found <= BESIDE


@pytest.mark.parametrize("role", ROLES)
def test_what_is_ones_own_is_written_in_every_role(two: tuple[Services, Services, dict[str, Any]], role: str) -> None:
    hers = be(two, role)
    hers.drafts.save("referral", "x", {"why": "typed"})
    kept = hers.drafts.load("referral", "x")
    assert kept is not None
    assert kept[0] == {"why": "typed"}
    hers.drafts.discard("referral", "x")


@pytest.mark.file_store
def test_the_roles_of_a_demonstration_hold_too(services: Services) -> None:
    path, store = services.desk.store.path, services.desk.store
    services.officers.add("Sam Okoro", "viewer", PRIYA)
    slots.write(path, store.data_key, new_id(), (), demo=True)
    sam = open_services(path, "SO")
    with pytest.raises(Refused, match="may not change anything"):
        builders.referral(sam)
    with pytest.raises(Refused, match="may not add or change officers"):
        sam.officers.add("Adam Doyle", "officer", PRIYA)
    sam.close()
    karen = open_services(path, "KM")
    key = karen.officers.add("Adam Doyle", "officer", "")  # it has no slots, and so no passphrases
    karen.officers.disable(key, "only looking")
    with pytest.raises(Refused, match="A demonstration"):
        karen.officers.rotate()
    karen.close()
    with pytest.raises(PlacementError, match="was ended"):
        open_services(path, "AD")
