"""Bring in homes: the public register, the team's own list, the reference files, newer postcodes. Look first, then write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from textual.message import Message
from textual.widget import Widget

from placement_tui.domain.imports import ImportReport, ReturnChoices, kinds
from placement_tui.errors import Invalid
from placement_tui.paths import typed_path
from placement_tui.widgets.choose import Option
from placement_tui.widgets.dialog import Confirm
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.lines import StatusLine
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.text import Line, Span, glyph, wrap

_KINDS = (
    Option("ofsted", "Ofsted's public register, or its restricted list", "1"),
    Option("providers", "the team's own list: agencies, homes, foster carers", "2"),
    Option("la", "authorities, districts, constituencies", "3"),
    Option("postcodes", "newer postcodes", "4"),
    Option("ssda903", "statutory returns (SSDA903): a folder, or its files", "5"),
    Option("dfe", "the Department's published figures", "6"),
)
_SHOWN = 200  # refused lines that anybody reads on a screen; the command line lists them all


class Read(Message):
    """How far the file is read."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done, self.total = done, total


class MarketScreen(Place):
    """A file, what it is, and what became of it."""

    PLACE = "market"

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._dry, self._busy, self._step = True, False, -1

    def body(self) -> Iterable[Widget]:
        """The fields, then the report."""
        form = Form(
            [
                Field("kind", "What it is", "1 to 6, or a word", "choice", _KINDS, required=True),
                Field("path", "File", "Its path on this machine: .csv, .xlsx, .ods, or a folder of returns. Several with ; between", required=True, limit=2000),
                Field("columns", "Columns", "Only to correct how a column is taken: phone=Tel no; name=Carer", limit=2000),
            ],
            {"kind": _KINDS[1].words},
            id="form",
        )  # fmt: skip
        form.styles.height = 7
        yield form
        yield StatusLine("F5 looks at the file without writing. Ctrl+S brings it in", id="progress")
        yield Reading(id="report")

    def on_mount(self) -> None:
        """Ready to type."""
        self.title_line.say("Bring in homes")
        self.query_one(Form).focus()
        super().on_mount()

    def action_dry(self) -> None:
        """Look."""
        self._dry = True
        self.query_one(Form).save()

    def action_save(self) -> None:
        """Bring it in."""
        self._dry = False
        self.query_one(Form).save()

    def reason_not(self, command_id: str) -> str | None:
        """One file at a time."""
        return "The file is still being read" if self._busy and command_id.startswith("market.") else None

    def on_form_saved(self, message: Form.Saved) -> None:
        """Read it on a thread; its progress comes as messages."""
        values, dry = message.values, self._dry
        kind = values["kind"]
        try:
            paths = [typed_path(part) for part in str(values["path"]).split(";") if part.strip()]
            corrections = _corrections(values["columns"] or "")
        except Invalid as error:
            self.query_one(Form).refuse(error)
            return
        if any(path.is_dir() or path.suffix.casefold() == ".xml" for path in paths):
            kind = "ssda903"  # nothing else is a folder, or XML
        if dry and kind in ("la", "postcodes"):
            self.toast.refused("Reference files and postcodes are only added to: Ctrl+S brings them in")
            return
        self._bring_in(kind, paths, corrections, dry)

    def _bring_in(
        self, kind: str, paths: list[Path], corrections: dict[str, str], dry: bool, keep_good: bool = False
    ) -> None:
        """Read it on a thread; where a return has faults, ask whether what is right is kept."""
        services = self.services
        self._busy, self._step = True, -1

        def progress(done: int, total: int) -> None:
            step = done * 50 // max(1, total)
            if step != self._step:
                self._step = step
                self.post_message(Read(done, total))

        def work() -> ImportReport:
            if kind == "ofsted":
                return services.imports.ofsted(paths[0], skip_bad=keep_good, dry=dry, progress=progress)
            if kind == "providers":
                return services.imports.providers(paths[0], corrections=corrections, dry=dry, progress=progress)
            if kind == "la":
                return services.imports.areas(paths)
            if kind == "dfe":
                return services.imports.dfe(paths, dry=dry, progress=progress)
            if kind == "ssda903":
                return services.imports.ssda903(paths, ReturnChoices(keep_good, dry=dry), progress=progress)
            return services.imports.postcodes(paths[0], progress=progress)

        def done(report: ImportReport) -> None:
            self._report(report)
            if report.kind in ("ssda903", "lists") and not dry and not report.written and not keep_good:
                self._ask_to_keep(report, lambda: self._bring_in(kind, paths, corrections, dry, keep_good=True))

        (self.read if dry else self.write)(work, done, otherwise=self._failed)

    def _ask_to_keep(self, report: ImportReport, then: Callable[[], None]) -> None:
        """A return with faults: the good part is kept only where the officer says so."""
        faults = [*report.refused, *report.doubted]
        if not faults:
            return
        most = "\n".join(f"{_lines(each.lines)}, {each.column}: {each.reason}" for each in kinds(faults)[:6])
        words = f"{report.words}.\n{most}\nWhat is right is written, doubtful lines as the report below says."
        self.app.push_screen(
            Confirm("Keep what is right?", words, "keep what is right", "ctrl+s", "k"),
            given(lambda sure: then() if sure else None),
        )

    def on_read(self, message: Read) -> None:
        """A bar, and how far."""
        width, share = 40, message.done / max(1, message.total)
        bar = glyph("rule") * int(width * share)
        self.query_one("#progress", StatusLine).say([Span(bar, "accent")], f"{message.done:,} of {message.total:,}")

    def _failed(self, _error: Any) -> bool:
        self._busy = False
        self.query_one("#progress", StatusLine).say(Span("nothing was written", "warn"))
        self.query_one(Reading).show([])  # what another file said says nothing of this one
        return False

    def _report(self, report: ImportReport) -> None:
        self._busy = False
        width = self.size.width - 4
        said = f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged, {report.refused_rows:,} refused of {report.read:,}"
        self.query_one("#progress", StatusLine).say(
            Span(said, "good" if report.written or not (report.refused or report.doubted) else "warn"),
            f"{report.seconds:.1f} s",
        )
        lines: list[Line] = []
        if report.mapping:
            lines += [Span(" How the columns are taken", "head")]
            for taken in report.mapping:
                sample = ", ".join(taken.samples[:2])
                ink = "muted" if taken.field is None else ""
                lines.append(
                    [
                        Span(f" {taken.letter:>3} {taken.title[:26]:<26} ", ink),
                        Span(f"{taken.label or 'left aside':<22}", "accent" if taken.field else "muted"),
                        Span(sample, "muted"),
                    ]
                )
            lines.append("")
        notes: list[Line] = [Span(" " + line, "muted") for note in report.notes for line in wrap(note, width)]
        if report.kind != "ssda903":  # of a return the faults come first: there may be thousands
            lines += notes
        for each in kinds(report.doubted) if report.kind == "ssda903" else ():
            rule = f" (rule {each.rule})" if each.rule else ""
            said = f"{_lines(each.lines)}, {each.column}: {each.reason}{rule}. Until it is mended {each.kept}. First: {each.first}"
            lines += [Span(" " + line, "warn") for line in wrap(said, width)]
        for correction in report.corrections[:_SHOWN]:
            lines += [Span(" " + line, "accent") for line in wrap(str(correction), width)]
        for refused in report.refused[:_SHOWN]:
            lines += [Span(" " + line, "warn") for line in wrap(str(refused), width)]
        if len(report.refused) > _SHOWN:
            lines.append(Span(f" and {len(report.refused) - _SHOWN:,} more: placement import lists them all", "warn"))
        if report.kind == "ssda903":
            lines += notes
        self.query_one(Reading).show(lines)
        if report.written:
            self.toast.saved(f"{report.source}: brought in")
        elif self._dry and report.kind == "ssda903" and (report.refused or report.doubted):
            self.toast.refused("Not yet: mend the lines below. Ctrl+S asks whether to keep what is right")
        elif self._dry and report.refused_rows:
            self.toast.refused("Not yet: mend the lines below in the file. The whole file comes in, or nothing")
        elif self._dry:
            self.toast.saved("Nothing is written yet: Ctrl+S brings it in", undo=False)
        else:
            self.toast.refused("Nothing was written: mend the lines below, or leave them out, and try again")


def _lines(count: int) -> str:
    return f"{count:,} line{'' if count == 1 else 's'}"


def _corrections(text: str) -> dict[str, str]:
    corrections = {}
    for part in text.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        name, sign, column = part.partition("=")
        if not sign or not name.strip() or not column.strip():
            raise Invalid(
                "columns", f"{part.strip()!r} is no correction", mend="type field=Column, such as phone=Tel no"
            )
        corrections[name.strip()] = column.strip()
    return corrections
