"""Session after session, begun by the partner's press: what the service does for as long as the Pi has power.

Nothing ends it because something is missing: a glove may be plugged in later, a wrong file be mended, another session
be over. What cannot be is told once, in the journal, and shown by amber when somebody presses.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from coach.summary import Summary
from coach.verdict import minutes
from hardware.clock import Clock
from hardware.trouble import NoHardware
from sensing.inputs import EndReason

from .chosen import Chosen
from .halls import Hall
from .home import load_board, tapes_dir
from .live import LiveSource
from .playing import ending_orderly, play
from .refusal import Refusal
from .service_manager import ServiceManager, WatchedLights
from .tapes import is_session_on, only_session, waiting_for_session
from .waiting import LOOKS_HZ, wait_for_start
from .words import how_ended

# Whoever has the glove keeps it for minutes.
_LOOKS_AGAIN_S = 0.5


class Service:
    """The coach between the start of the Pi and its end.

    Args:
        hall: Where it waits and plays.
        chosen: Says what to play, anew for each session.
        clock: Real time.
        tell: Writes a line into the journal.
        manager: Who started it.
    """

    def __init__(
        self,
        hall: Hall,
        chosen: Callable[[], Chosen],
        clock: Clock,
        tell: Callable[[str], None],
        manager: ServiceManager,
    ) -> None:
        self._hall, self._chosen, self._clock = hall, chosen, clock
        self._tell, self._manager = tell, manager
        self._is_trouble = False
        # It greets once, and not after every session.
        self._is_known = False

    def run(self) -> bool:
        """Wait and play until somebody ends it; return whether that was at the keyboard.

        Raises:
            Refusal: A file is wrong at the start, or another service has the glove.
            NoHardware: The pins cannot be had.
        """
        while True:
            outcome: str | None = self._waited()
            if outcome == "wanted":
                self._step_aside()
            elif outcome == "start":
                outcome = self._played()
            if outcome in ("interrupted", "terminated"):
                self._manager.stopping()
                return outcome == "interrupted"

    def _waited(self) -> Literal["start", "wanted"] | EndReason:
        board, chosen = load_board(), self._chosen()
        if board.buttons.partner == "none":
            raise Refusal("`paws run` waits for the partner's button, and glove.toml has none - give it a pin there")
        self._manager.resting("getting ready")
        with waiting_for_session(tapes_dir()), self._hall.held(board):
            waiting = self._hall.waiting(board, chosen)
            try:
                lights = WatchedLights(waiting.lights, self._manager)
                gloves = len(waiting.gloves)
                inputs = LiveSource(waiting.gloves, lights, self._clock, LOOKS_HZ * gloves)
                self._manager.status(f"waits for the partner's button; the plan is {chosen.plan}")
                with ending_orderly(inputs):
                    outcome = wait_for_start(
                        inputs,
                        lights,
                        gloves=gloves,
                        tell=self._tell,
                        is_wanted=lambda: is_session_on(tapes_dir()),
                        is_known=self._is_known,
                        is_trouble=self._is_trouble,
                    )
                # A signal that came after the last look at it ends the service all the same.
                return inputs.ending or outcome
            finally:
                self._is_known, self._is_trouble = True, False
                waiting.close()

    def _step_aside(self) -> None:
        self._tell("somebody else has the glove; I wait")
        while is_session_on(tapes_dir()):
            self._manager.resting("somebody else has the glove")
            self._clock.sleep_until(self._clock.now_s() + _LOOKS_AGAIN_S)

    def _played(self) -> EndReason | None:
        """Play one session; return why somebody ended it from outside, be it while it said its own end."""
        self._manager.resting("a session begins")
        told: list[Summary] = []
        inputs: LiveSource | None = None
        try:
            with only_session(tapes_dir()):
                board, chosen = load_board(), self._chosen()
                with self._hall.held(board):
                    stage = self._hall.stage(board, chosen)
                    inputs = stage.inputs
                    lights = WatchedLights(stage.lights, self._manager)
                    self._manager.status("a session is on")

                    def afterwards(summary: Summary) -> list[str]:
                        told.append(summary)
                        how = how_ended(summary.ended, summary.stopped_by)
                        line = f"a session of {minutes(summary.length_s)}, {how}; `paws summary` has its page"
                        return [line, *self._hall.remembered(summary)]

                    play(replace(stage, lights=lights, asked="nobody"), is_watched=False, afterwards=afterwards)
        except (Refusal, NoHardware) as why:
            self._tell(f"no session: {why}")
        self._is_trouble = not told
        return None if inputs is None else inputs.ending
