"""The terminal driver that writes only changed cells."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver


class DiffDriver(LinuxDriver):
    """Textual's driver, for now as it is."""

    def repaint(self) -> None:
        """Write every cell again."""
        self._app.refresh()
