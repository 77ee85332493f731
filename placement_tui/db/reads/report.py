"""What must not leave with the figures: the names of homes and carers that are not public, and children's own."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, home
from placement_tui.domain.folding import fold
from placement_tui.domain.report_names import PUBLIC_KINDS

_LEAST = 3  # letters: shorter initials are also words, and no figure is called by them


def names(session: Session) -> frozenset[str]:
    """All of them folded, struck records' too: a name is a name."""
    closed = or_(home.c.kind.not_in(PUBLIC_KINDS), home.c.restricted.is_(True))
    found = {fold(name) for name in session.execute(select(home.c.name).where(closed)).scalars() if name}
    said = session.execute(select(child.c.initials, child.c.identifier)).all()
    found |= {fold(each) for row in said for each in row if each and len(each) >= _LEAST}
    return frozenset(found - {""})
