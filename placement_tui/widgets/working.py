"""Work off the screen's thread: several readers, one writer, and answers that come back as messages."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import Any

from textual.app import App

from placement_tui.errors import PlacementError
from placement_tui.widgets.place import Done, Failed, Place

Task = Callable[[], Any]
Then = Callable[[Any], object]
Otherwise = Callable[[PlacementError], bool] | None


class Working(App[None]):
    """An App whose places read and write on threads. Changes run one by one, in the order in which they were asked for."""

    def begin_work(self) -> None:
        """Nothing runs yet."""
        self._readers = ThreadPoolExecutor(4, "read")
        self._writer = ThreadPoolExecutor(1, "write")
        self._reading: set[Future[Any]] = set()
        self._ending = False
        self._resting = False
        self._kept_back: list[tuple[Place, Task, Then, Otherwise, bool]] = []

    def work(self, place: Place, task: Task, then: Then, otherwise: Otherwise, writes: bool) -> None:
        """Run `task` on a thread; its value or its refusal comes back to the place as a message.

        While the store rests, the task waits.
        """
        if self._ending:
            return
        if self._resting:
            self._kept_back.append((place, task, then, otherwise, writes))
            return

        def ended(future: Future[Any]) -> None:
            self._reading.discard(future)
            if self._ending or future.cancelled():
                return
            error = future.exception()
            if error is None:
                place.post_message(Done(then, future.result()))
            elif isinstance(error, PlacementError):
                place.post_message(Failed(error, otherwise))
            else:
                self.call_later(self._fault, error)

        # In a context of its own the task still finds the app where its place or dialog was closed meanwhile.
        future = (self._writer if writes else self._readers).submit(copy_context().run, task)
        if not writes:
            self._reading.add(future)
        future.add_done_callback(ended)

    def _fault(self, error: BaseException) -> None:
        raise error  # on the screen's thread, where it ends the program

    def rest(self, task: Task) -> None:
        """Let what runs come to its end, then run `task` as the last; whatever is asked for from now on waits."""
        if not self._resting:
            self._resting = True
            running = set(self._reading)

            def last() -> None:
                wait(running, timeout=15)
                task()

            self._writer.submit(last)

    def meanwhile(self, task: Task, then: Callable[[Any, BaseException | None], object]) -> None:
        """Run a task of the resting program itself; `then` takes its value or its error on the screen's thread."""

        def ended(future: Future[Any]) -> None:
            if not self._ending and not future.cancelled():
                error = future.exception()
                value = future.result() if error is None else None
                self.call_later(then, value, error)

        self._writer.submit(task).add_done_callback(ended)

    def go_on(self) -> None:
        """Work again: first what waited."""
        self._resting = False
        kept, self._kept_back = self._kept_back, []
        for each in kept:
            self.work(*each)

    def end_work(self) -> bool:
        """Finish every change and drop every reading; False where that was done before."""
        if self._ending:
            return False
        self._ending = True
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=False, cancel_futures=True)
        return True
