"""A page to be read or printed, whatever it is printed with: sections of lines, of named values and of tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value. `level` is "", `warn` or `bad`: what must not be missed says so in words too."""

    name: str
    value: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles; every row has as many cells as there are titles. `right` are the columns of figures."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `empty` is said where there is nothing."""

    title: str
    parts: tuple[str | Fact | Table, ...] = ()
    empty: str = ""
    depth: int = 1

    @property
    def shown(self) -> tuple[str | Fact | Table, ...]:
        """What stands under the heading: its parts that hold something, or the words for nothing."""
        kept = tuple(
            part
            for part in self.parts
            if (isinstance(part, str) and part)
            or (isinstance(part, Fact) and part.value)
            or (isinstance(part, Table) and any(any(row) for row in part.rows))
        )
        return kept or ((self.empty,) if self.empty else ())


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page. `holds` says what it holds and who may read it; it stands under the title and at every foot."""

    title: str
    holds: str
    sections: tuple[Section, ...]
    about: str = ""
