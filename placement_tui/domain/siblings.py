"""Brothers and sisters: the group, homes with room for all of them, and the least bad ways to part them.

A split is a sum of stated parts in miles, the least first: each home more than one, the largest distance between
siblings, the distance from their home. Facts with their numbers; what is best for these children people decide.
Section 22C(8)(c) Children Act 1989: a looked-after child lives with their siblings so far as is practicable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from placement_tui.domain.capacity import USUAL_FOSTERING_LIMIT
from placement_tui.domain.homes import Part
from placement_tui.domain.referrals import ChildRow

MOST_CHILDREN = 8
MOST_HOMES = 40
MOST_PARTS = 4  # homes that a group is spread over, where fewer do not take them all
WISHES = ("together", "apart")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Referrals that are looked at together: their references and children, the wish, and why they were parted."""

    id: UUID
    referrals: tuple[tuple[UUID, str], ...]
    children: tuple[ChildRow, ...]
    wish: str = "together"
    asked_together: int | None = None
    parted_reason: str | None = None
    parted_why: str = ""
    parted_at: datetime | None = None

    @property
    def words(self) -> str:
        """`26-0142, 26-0144: KJ 14 M, TJ 9 M`."""
        return f"{', '.join(ref for _, ref in self.referrals)}: {', '.join(child.words for child in self.children)}"


@dataclass(frozen=True, slots=True)
class Parting:
    """Why brothers and sisters are parted, a code of `codes.checks.PARTINGS`, and in whose words."""

    reason: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """A home that may take some of them: how many, which (by their number), and how far it is from their home.

    `sure` where beds were said to be free lately or are held; `miles` is None where it is not known.
    """

    id: UUID
    name: str
    room: int
    fits: frozenset[int]
    miles: float | None = None
    kind: str = ""
    phone: str = ""
    sure: bool = False
    siblings: int = 0  # brothers and sisters who live there now


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a split counts, in miles; each is stated beside the split."""

    home: float = 30.0  # a home more
    between: float = 1.0  # a mile between the two that live furthest apart
    from_home: float = 0.5  # a mile from their home, on average over the children
    unknown: float = 50.0  # so many miles where a distance is not known


@dataclass(frozen=True, slots=True)
class Split:
    """Who goes where: for each home the numbers of its children; the distances between the homes; the stated parts."""

    groups: tuple[tuple[Room, tuple[int, ...]], ...]
    between: tuple[tuple[str, str, float | None], ...]
    parts: tuple[Part, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many live together, the most first: (4,), (3, 1), (2, 2)."""
        return tuple(sorted((len(children) for _, children in self.groups), reverse=True))

    @property
    def shape_words(self) -> str:
        """`all together`, `3+1`."""
        return "all together" if len(self.groups) == 1 else "+".join(map(str, self.shape))

    @property
    def furthest(self) -> float | None:
        """Miles between the two who live furthest apart; 0 together, None where one is not known."""
        known = [miles for _, _, miles in self.between if miles is not None]
        return None if len(known) < len(self.between) else max(known, default=0.0)

    @property
    def cost(self) -> float:
        """The sum of the parts: the least is first."""
        return sum(part.points for part in self.parts)


def room_for(
    places: int | None, living: int, kept: int, ours_kept: int, siblings: int, *, foster: bool, exempt: bool
) -> int:
    """How many brothers and sisters a home could take.

    `living` are the children there, `kept` beds held for anybody of which `ours_kept` are held for these, `siblings`
    theirs who live there. A foster household has three children at most unless all of them are siblings, or an
    exemption names them: Schedule 7 Children Act 1989.
    """
    # where nobody knows how many places there are, one can be asked for
    most = 1 if places is None else max(0, places - living - kept + ours_kept)
    if foster and not exempt and living > siblings:
        most = min(most, max(0, USUAL_FOSTERING_LIMIT - living))
    return most


def splits(
    children: int,
    homes: Sequence[Room],
    between: Callable[[int, int], float | None],
    weights: Weights | None = None,
    *,
    each: int = 3,
) -> list[Split]:
    """The best ways to house `children` brothers and sisters: of every shape the `each` best, the least sum first.

    `between(a, b)` are the miles between two homes by their place in `homes`. Children are numbered from 0; number
    them the youngest first, since where it makes no other difference the last ones go apart. At most `MOST_CHILDREN`
    and the first `MOST_HOMES` homes are looked at; shapes of more homes than `MOST_PARTS` only where fewer do not do.
    """
    if not 0 < children <= MOST_CHILDREN:
        return []
    search = _Search(children, homes[:MOST_HOMES], between, weights or Weights(), each)
    for parts in range(1, children + 1):
        if parts > MOST_PARTS and search.best:
            break
        for blocks in _partitions(children, parts):
            search.place(blocks)
    return search.found()


class _Search:
    """Branch and bound over who goes where, partition by partition."""

    def __init__(
        self,
        children: int,
        homes: Sequence[Room],
        between: Callable[[int, int], float | None],
        weights: Weights,
        each: int,
    ) -> None:
        self._children, self._homes, self._weights, self._each = children, homes, weights, each
        where = [frozenset(at for at, home in enumerate(homes) if child in home.fits) for child in range(children)]
        self._like = [where.index(homes_of) for homes_of in where]  # the first child whom the same homes may take
        self._seen: set[tuple[tuple[int, ...], ...]] = set()
        self._from = [weights.from_home * (weights.unknown if home.miles is None else home.miles) for home in homes]
        self._order = sorted(range(len(homes)), key=lambda at: (self._from[at], at))
        self._apart = [[between(a, b) if a != b else 0.0 for b in range(len(homes))] for a in range(len(homes))]
        unknown = weights.unknown
        self._cost = [[weights.between * (unknown if miles is None else miles) for miles in row] for row in self._apart]
        # shape -> (cost, homes with their numbers of children) -> who goes where
        self.best: dict[
            tuple[int, ...], dict[frozenset[tuple[int, int]], tuple[float, list[tuple[int, tuple[int, ...]]]]]
        ]
        self.best = defaultdict(dict)

    def place(self, blocks: list[tuple[int, ...]]) -> None:
        """Put each block of children into a home of its own, as cheaply as can be."""
        likes = [tuple(sorted(self._like[child] for child in block)) for block in blocks]
        if (alike := tuple(sorted(likes))) in self._seen:
            return  # the same but for children who may live in the same homes
        self._seen.add(alike)
        fitting = [
            [at for at in self._order if self._homes[at].room >= len(block) and self._homes[at].fits.issuperset(block)]
            for block in blocks
        ]
        if not all(fitting):
            return
        shape = tuple(sorted(map(len, blocks), reverse=True))
        shares = [len(block) / self._children for block in blocks]
        least = [self._from[homes[0]] * share for homes, share in zip(fitting, shares, strict=True)]
        rest = [sum(least[at:]) for at in range(len(blocks) + 1)]
        fixed = self._weights.home * (len(blocks) - 1)
        chosen: list[int] = []

        def on(at: int, far: float, near: float) -> None:
            if at == len(blocks):
                self._keep(shape, fixed + far + near, blocks, chosen)
                return
            # of two groups that are alike the first takes the home that comes first
            start = fitting[at].index(chosen[-1]) + 1 if at and likes[at] == likes[at - 1] else 0
            for home in fitting[at][start:]:
                nearer = near + self._from[home] * shares[at]
                bound = self._bound(shape)
                if fixed + far + nearer + rest[at + 1] >= bound:
                    return  # the homes come by distance: no later one is better
                if home in chosen:
                    continue
                further = max([far, *(self._cost[home][other] for other in chosen)])
                if fixed + further + nearer + rest[at + 1] >= bound:
                    continue
                chosen.append(home)
                on(at + 1, further, nearer)
                chosen.pop()

        on(0, 0.0, 0.0)

    def _bound(self, shape: tuple[int, ...]) -> float:
        kept = self.best[shape]
        return max(cost for cost, _ in kept.values()) if len(kept) >= self._each else float("inf")

    def _keep(self, shape: tuple[int, ...], cost: float, blocks: list[tuple[int, ...]], chosen: list[int]) -> None:
        key = frozenset((home, len(block)) for home, block in zip(chosen, blocks, strict=True))
        kept = self.best[shape]
        if key in kept and kept[key][0] <= cost:
            return
        kept[key] = (cost, list(zip(chosen, blocks, strict=True)))
        if len(kept) > self._each:
            del kept[max(kept, key=lambda one: kept[one][0])]

    def found(self) -> list[Split]:
        """Everything kept, the least sum first."""
        everything = [self._split(where) for kept in self.best.values() for _, where in kept.values()]
        return sorted(everything, key=lambda split: (split.cost, len(split.groups), split.groups[0][0].name))

    def _split(self, where: list[tuple[int, tuple[int, ...]]]) -> Split:
        homes, weights = self._homes, self._weights
        pairs = list(combinations([home for home, _ in where], 2))
        far = max((self._cost[a][b] for a, b in pairs), default=0.0)
        near = sum(self._from[home] * len(block) / self._children for home, block in where)
        parts = [Part(f"{len(where)} homes", weights.home * (len(where) - 1))] if len(where) > 1 else []
        if pairs:
            parts.append(Part("furthest apart", far))
        parts.append(Part("from home", near))
        return Split(
            tuple((homes[home], block) for home, block in where),
            tuple((homes[a].name, homes[b].name, self._apart[a][b]) for a, b in pairs),
            tuple(parts),
        )


def _partitions(count: int, parts: int) -> Iterator[list[tuple[int, ...]]]:
    """Every way to part 0..count-1 into so many groups, larger groups first; the first ones stay together first."""

    def on(child: int, blocks: list[list[int]]) -> Iterator[list[tuple[int, ...]]]:
        if parts - len(blocks) > count - child:
            return
        if child == count:
            yield sorted((tuple(block) for block in blocks), key=lambda block: (-len(block), block))
            return
        for block in blocks:
            block.append(child)
            yield from on(child + 1, blocks)
            block.pop()
        if len(blocks) < parts:
            yield from on(child + 1, [*blocks, [child]])

    yield from on(0, [])
