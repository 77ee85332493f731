"""Where the child lived: placement type, provider, postcodes, URN, age and time."""

from __future__ import annotations

from collections.abc import Iterator

from placement_tui.domain.distance import statutory_miles
from placement_tui.domain.episodes import NO_PROVIDER, NO_URN, Episode
from placement_tui.domain.returns import LOOK, About, ChildReturn, Fault, birthday
from placement_tui.domain.returns.saying import of_episode
from placement_tui.domain.rules.returns import AGE_FLOORS, CARERS_HOLIDAYS, LONGEST

_FAMILIES = ("A3", "A4", "A5", "A6", "U1", "U2", "U3", "U4", "U5", "U6")
_FAR = 350.0
_NO_AREA = ("169", "179")
# provider: placement types that it cannot have, rule
_NEVER = {
    "PR1": (("P1", "R2", "R5"), "527"),
    "PR2": (("P1", "R2", "R5"), "528"),
    "PR3": (("P1", "K1", "K2", *_FAMILIES), "529"),
    "PR4": (("P1",), "530"),
    "PR5": (("P1",), "531"),
}


def check(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Each episode; the home that the child came from once for a period of care."""
    told: set[object] = set()
    for at, row in enumerate(child.rows):
        if row.stay_id is None:
            yield _gap(child, row, child.rows[at + 1] if row.continues and at + 1 < len(child.rows) else None)
            continue
        yield from _provider(child, row, about)
        yield from _urn(child, row, about)
        yield from _postcode(child, row, about)
        yield from _age(child, row)
        yield from _time(child, row)
        if row.care_id not in told:
            told.add(row.care_id)
            yield from _home(child, row, about)
    holidays = [row for row in child.rows if row.place == "T3"]
    if len(holidays) > CARERS_HOLIDAYS:
        text = f"the {len(holidays)}th time that the carers were on holiday in the year; 2 are allowed"
        yield of_episode(child, holidays[-1], "377", text.replace("3th", "3rd"), "T4, or a lasting placement")


def _gap(child: ChildReturn, row: Episode, after: Episode | None) -> Fault:
    """Days of which nobody said where the child lived: one fault, whatever the validator makes of it."""
    also = ["218"] if row.short_break else ["169", "179", "218"]
    if not row.short_break and not child.history.uasc:
        also += ["392a", "392b"]
    if after is not None and after.rne in ("P", "B") and not after.temporary:
        also.append("225")
    until = f"to {row.dec.day} {row.dec:%b %Y}" if row.dec else "until now"
    text = f"nothing was logged of where the child lived, {until}"
    return of_episode(child, row, "526", text, "Log the placement of these days", noun="care", also=tuple(also))


def _provider(child: ChildReturn, row: Episode, about: About) -> Iterator[Fault]:
    place, provider = row.place, row.place_provider
    if not place:
        also = (*(() if provider else ("526",)), *(() if row.urn else ("218",)))
        yield of_episode(child, row, "146", "no placement type (PLACE)", "Say it in the placement", also=also)
        return
    if place not in NO_PROVIDER and not provider:
        yield of_episode(child, row, "526", "not said who provides it (PLACE_PROVIDER)", "Say it in the placement")
    never, rule = _NEVER.get(provider, ((), ""))
    if place in never:
        yield of_episode(child, row, rule, f"{provider} does not provide {place}", "Correct one of the two")
    if provider == "PR0" and place != "P1":
        yield of_episode(child, row, "550", f"PR0 is for children with their parents, not {place}", "Correct it")
    own = provider == "PR1" and place not in (*_FAMILIES, "K3") and not row.short_break and bool(row.ls)
    if own and about.area_of(row.pl_post) != about.authority:
        yield of_episode(child, row, "1015", "the council's own provision, but outside its area", "Correct either")


def _urn(child: ChildReturn, row: Episode, about: About) -> Iterator[Fault]:
    outside = about.abroad(row.pl_post)
    if not row.urn:
        if not row.place or row.place in NO_URN or outside:
            return
        if row.short_break:
            text = "no URN, rightly: it is a short break (214), of which the validator asks one too"
            yield of_episode(child, row, "218", text, "Explain it with the return", level=LOOK)
        else:
            yield of_episode(child, row, "218", "no URN", "Log the home's URN, or its agency's")
        return
    if row.urn == "XXXXXXX":
        if row.place not in _FAMILIES:
            yield of_episode(child, row, "242", "XXXXXXX is for regional adoption agencies", "Log the URN")
    elif row.place == "K3" and about.area_of(row.pl_post) != about.authority:
        text = "outside the area: has the provider premises there?"
        yield of_episode(child, row, "241", text, "Explain it with the return where it is right", level=LOOK)


def _postcode(child: ChildReturn, row: Episode, about: About) -> Iterator[Fault]:
    if row.short_break:
        return
    alone = child.history.uasc
    if not row.pl_post:
        rules: tuple[str, ...] = _NO_AREA if alone else ("392b", "392a", *_NO_AREA)
        yield _at(child, row, rules, "no postcode of the placement", "Log where it is")
        return
    found = about.place_of(row.pl_post)
    if found is None:
        rules = ("392c", *_NO_AREA) if alone else ("392c", "392a", *_NO_AREA)
        yield _at(child, row, rules, f"there is no postcode {row.pl_post}", "Correct it with whoever gave it")
        return
    if not about.area_of(row.pl_post):
        yield _at(child, row, ("169",), f"{row.pl_post} lies in no authority", "Correct the postcode")
    home = about.place_of(row.home_post) if row.home_post else None
    if home is None:
        return
    if row.home_post == row.pl_post and row.place != "P1":
        text = f"lives at the postcode of the family home ({row.pl_post})"
        yield _at(child, row, ("392d",), text, "Correct one of the two, or P1")
    miles = statutory_miles(home, found)
    if miles is None and not alone:
        yield _at(child, row, ("392a",), f"no distance from {row.home_post} to {row.pl_post}", "Use today's postcodes")
    elif miles is not None and miles > _FAR:
        text = f"{miles:.0f} miles from home"
        yield of_episode(child, row, "454", text, "Check both postcodes; explain it where they are right", level=LOOK)


def _at(child: ChildReturn, row: Episode, rules: tuple[str, ...], text: str, mend: str) -> Fault:
    return of_episode(child, row, rules[0], text, mend, also=rules[1:])


def _home(child: ChildReturn, row: Episode, about: About) -> Iterator[Fault]:
    """HOME_POST: where the child lived when care began; none for unaccompanied asylum-seeking children."""
    if row.short_break or child.history.uasc:
        return
    if not row.home_post:
        text = "not said where the child lived when care began (HOME_POST)"
        yield of_episode(child, row, "392b", text, "Log the home's postcode", noun="care", also=("392a",))
    elif about.place_of(row.home_post) is None:
        text = f"there is no postcode {row.home_post}, the home when care began"
        yield of_episode(child, row, "392c", text, "Correct the home's postcode", noun="care", also=("392a",))


def _age(child: ChildReturn, row: Episode) -> Iterator[Fault]:
    floor, rule = AGE_FLOORS.get(row.place, (0, ""))
    born = child.history.born_on
    if rule and born is not None and row.decom < birthday(born, floor):
        yield of_episode(
            child, row, rule, f"{row.place} is from {floor} years", "Correct the type or the date of birth"
        )


def _time(child: ChildReturn, row: Episode) -> Iterator[Fault]:
    most, rule, words = LONGEST.get(row.place, (0, "", ""))
    if rule and row.dec is not None and (row.dec - row.decom).days > most:
        days = (row.dec - row.decom).days
        yield of_episode(child, row, rule, f"lasts {words} at most; this is {days} days", "A lasting placement's type")
