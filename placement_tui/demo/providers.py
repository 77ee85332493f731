"""A provider's side: people to ring, visits made and late, concerns, what children said, why homes are not used; news since a no."""

from __future__ import annotations

from datetime import datetime, timedelta

from placement_tui.demo.approaches import Logged
from placement_tui.demo.asking import Candidate
from placement_tui.demo.homes import Home, Provider
from placement_tui.demo.names import LOCAL_PHONES, OTHER_PHONES, person
from placement_tui.demo.seeded import Chance
from placement_tui.demo.team import Team

_PARTS = (
    "registered manager",
    "deputy manager",
    "referrals",
    "responsible individual",
    "placements",
    "on call at night",
)
_FOUND = (
    "Warm, two staff on, the kitchen smelt of toast. Children at school.",
    "Rooms are the children's own. Night log has gaps on two weekends: asked for.",
    "New deputy, good with paper. The garden fence is mended.",
    "Spoke with both young people alone; both want to stay.",
    "Staff list does not match the rota; manager sends the right one by Friday.",
    "Carer tired, says so; respite asked for.",
)
_CONCERNS = (
    ("No cook since Monday, children eat takeaways", "the social worker", "A cook began on the 4th; menus seen"),
    ("Two missing episodes were told to us a day late", "the duty desk", ""),
    ("Agency staff each night of last week", "the reviewing officer", ""),
    ("Medication chart not signed on two days", "the quality visit", "Training done, charts seen for two weeks"),
    (
        "A neighbour rang about shouting after midnight",
        "the neighbour",
        "Talked with the manager; a quiet hour was agreed",
    ),
    ("The bedroom lock was broken when he moved in", "the child", "Mended on the same day"),
)
_VOICES = (
    "They knock before they come in.",
    "I like that Sue makes the tea wrong and laughs.",
    "It is all right. The dog is the best thing.",
    "There is always someone different at night.",
    "I can see the river from my bed.",
    "They said I could paint it and then they let me.",
    "I want my own shelf in the fridge.",
    "Nobody shouts here.",
    "It is too far from my brother.",
    "They came to my match, both of them.",
    "I would tell another kid it is fine, bring your own pillow.",
    "The Wi-Fi stops at ten and nobody says why.",
)
_MUST = "A plan for evenings, agreed with him today: gym on two nights, his brother rings at nine."


def tell(team: Team) -> None:
    """All of it, in the last months; after everything else, so that no other part hangs on it."""
    chance = Chance(f"providers {team.scale}")
    there: dict[object, list[Home]] = {}
    for home in team.homes:
        there.setdefault(home.provider.id, []).append(home)
    for provider in team.market.providers:
        if provider.id in there and chance.happens(0.5):
            _contacts(team, provider, chance)
    for home in team.homes:
        if home.kind in ("res", "sa", "household") and chance.happens(0.35):
            _visits(team, home, chance)
        if home.suspended:
            team.act(team.now - timedelta(days=chance.randint(3, 60)), "suspend", team.officers[0]).new(
                "suspension", {"home_id": home.id, "why": home.suspended, "from_at": _before(team, chance, 3, 60),
                               "officer_id": team.officers[0]})  # fmt: skip
    _concerns(team, chance)
    _voices(team, chance)
    _news(team, team.seeking, chance)


def _before(team: Team, chance: Chance, least: float, most: float) -> datetime:
    return team.now - chance.days(least, most)


def _contacts(team: Team, provider: Provider, chance: Chance) -> None:
    for number in range(chance.choice((1, 1, 2))):
        at = _before(team, chance, 20, 200)
        late = number == 1 or chance.happens(0.5)
        team.act(at, "log contact", team.officer()).new("contact", {
            "provider_id": provider.id, "name": person(chance), "part": chance.pick(_PARTS),
            "phone": f"{LOCAL_PHONES}{chance.randint(400, 999)}",
            "out_of_hours_phone": f"{OTHER_PHONES}{chance.randint(400, 999)}" if late else "",
        })  # fmt: skip


def _visits(team: Team, home: Home, chance: Chance) -> None:
    officer, made = team.officer(), _before(team, chance, 15, 160)
    team.act(made, "log visit", officer).new("visit", {
        "home_id": home.id, "due_on": None, "visited_on": made.date(), "visitor": person(chance),
        "found": chance.pick(_FOUND), "officer_id": officer,
    })  # fmt: skip
    due = (
        (made + timedelta(days=90)).date()
        if made < team.now - timedelta(days=70)
        else (team.now + chance.days(3, 60)).date()
    )
    team.act(made + timedelta(minutes=5), "log visit", officer).new(
        "visit", {"home_id": home.id, "due_on": due, "officer_id": officer}
    )


def _concerns(team: Team, chance: Chance) -> None:
    homes = [home for home in team.homes if home.kind in ("res", "sa")]
    for what, by, settled in _CONCERNS * min(team.scale, 5):
        home, at, officer = chance.pick(homes), _before(team, chance, 4, 70), team.officer()
        key = team.act(at, "log concern", officer).new("concern", {
            "home_id": home.id, "what": what, "raised_on": at.date(), "raised_by": by, "officer_id": officer,
        })  # fmt: skip
        if settled:
            end = at + (team.now - at) * 0.6
            team.act(end, "settle concern", officer).change(
                "concern", key, {"settled_on": end.date(), "settled": settled}
            )


def _voices(team: Team, chance: Chance) -> None:
    living = [child for child in team.children if child.home is not None and child.age(team.now) >= 6 and child.written]
    for child in chance.sample(living, min(len(living), len(_VOICES) * 2)):
        at, officer = _before(team, chance, 1, 40), team.officer()
        team.act(at, "log child's words", officer).new("voice", {
            "home_id": child.home, "child_id": child.id, "said_on": at.date(), "words": chance.pick(_VOICES),
            "heard_by": person(chance), "logged_at": at, "officer_id": officer,
        })  # fmt: skip


def _news(team: Team, seeking: list[tuple[Logged, list[Candidate]]], chance: Chance) -> None:
    """Since homes said no: some have a bed free, two referrals say more."""
    waiting = [pair for pair in seeking if pair[0].plan.urgency == "date" and pair[0].at < team.now - timedelta(days=3)]
    said: set[object] = set()
    for logged, chosen in waiting:
        for candidate in chosen[:12]:
            home = candidate.home
            if (
                home.id in said
                or home.kind == "agency"
                or home.says_free() < len(logged.children)
                or not chance.happens(0.3)
            ):
                continue
            said.add(home.id)
            at = team.now - chance.minutes(12, 240)
            officer = team.officer()
            team.act(at, "log vacancy", officer).new("vacancy", {
                "home_id": home.id, "beds": home.says_free(), "said_at": at, "said_by": person(chance), "officer_id": officer,
            })  # fmt: skip
            if len(said) >= 4 + 2 * team.scale:
                break
    for logged, _ in waiting[:2]:
        team.act(team.now - chance.minutes(15, 60), "change referral", logged.officer).change(
            "referral", logged.id, {"must_have": _MUST}
        )
