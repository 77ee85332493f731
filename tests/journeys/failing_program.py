"""The program, with a service that fails as no test of it foresaw: its words and its variables hold the record."""

from __future__ import annotations

import os
import threading
from typing import Any

from placement_tui.__main__ import main
from placement_tui.services.approaches import Approaches


def _failing(self: Approaches, approach: Any, *_: Any, **__: Any) -> None:
    with self._desk.read() as session:
        from sqlalchemy import text

        secret = session.execute(text("SELECT why_now, tonight, note, social_worker FROM referral")).all()
    where = os.environ.get("FAILS", "service")
    if where == "thread":
        threading.Thread(target=lambda: (_ for _ in ()).throw(KeyError(str(secret)))).start()
    raise RuntimeError(f"no such thing as {secret} for {approach}")


Approaches.refuse = _failing  # type: ignore[method-assign]  # what fails is what the test wants to see told

if __name__ == "__main__":
    main()
