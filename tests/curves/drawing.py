"""The plots of the guide: each curve as a person with a scale and a sheet of paper would draw it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from firmware.home import divider_of
from firmware.plot import Line, Scale, plot_svg
from firmware.volts_plot import volts_svg
from firmware.weights import NEWTON_PER_GRAM
from hardware.board import DEFAULT_BOARD, PADS
from sensing.calibration import NOMINAL_KNOTS, Curve, Knot, PadCalibration, nominal_calibration
from sensing.loads import STANDARD_NEWTON
from tests.curves.stories import STORIES, Story, pressed

FOLDER = Path(__file__).parents[2] / "hardware" / "pictures"
_GRAMS = Scale(40, 5000, (50, 100, 200, 500, 1000, 2000, 4000), "what the scale shows, in grams")
_MICROSIEMENS = Scale(40, 4000, (50, 100, 200, 500, 1000, 2000), "what the pad conducts, in µS")


def drawn(story: Story) -> str:
    """Return the plot of a story."""
    made = pressed(story)
    lines = (
        Line("way up", _points(made.up), sign="disc"),
        Line("way down", _points(made.down), dashes="5 3", sign="ring"),
        Line("the data sheet's line", _data_sheet(), dashes="1 3", is_thin=True),
    )
    words = (story.look, f"paws calibrate says: {'; '.join(made.said)}")
    return plot_svg(story.title, _GRAMS, _MICROSIEMENS, lines, words=words)


def _points(knots: tuple[Knot, ...]) -> tuple[tuple[float, float], ...]:
    return tuple((newton / NEWTON_PER_GRAM, siemens * 1e6) for siemens, newton in knots)


def _data_sheet() -> tuple[tuple[float, float], ...]:
    curve = Curve(PadCalibration(NOMINAL_KNOTS))
    newtons = (load for load in STANDARD_NEWTON if load <= curve.last_newton)
    return _points(tuple((curve.siemens_from_newton(newton), newton) for newton in newtons))


def drawn_volts() -> str:
    """Return what `paws volts --svg` prints for a glove that is wired and fed as in the guide."""
    own_volt = divider_of(DEFAULT_BOARD).supply_volt
    return volts_svg(DEFAULT_BOARD, nominal_calibration(PADS), (own_volt - 0.1, own_volt, own_volt + 0.1))


PICTURES: dict[str, Callable[[], str]] = {
    "volts": drawn_volts,
    **{f"curve-{story.name}": partial(drawn, story) for story in STORIES},
}
