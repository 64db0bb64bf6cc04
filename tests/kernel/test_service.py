"""`paws run` in a real kernel: dark, a press, a session with its promises, and its end by the same button."""

from hardware.board import DEFAULT_BOARD

from .bench import Bench, Scene
from .record import Record

PARTNERS = str(DEFAULT_BOARD.buttons.partner)
LIGHTS = ("green", "amber", "blue", "red")


def pressed(at_s: float, for_s: float) -> tuple[tuple[object, ...], ...]:
    return (at_s, "pull", PARTNERS, "low"), (at_s + for_s, "pull", PARTNERS, "high")


def test_the_service_is_dark_until_a_press_and_again_after_the_session(bench: Bench) -> None:
    scene = Scene(
        paws=("run",),
        hand="hasty",
        actions=(*pressed(4.0, 0.2), *pressed(9.0, 1.2), (16.0, "SIGTERM", "paws")),
        lasts_s=25,
    )
    played = bench.play(scene)
    assert (played.code, played.erred) == (0, "")
    assert played.said.splitlines()[0] == "the glove is here: the partner's button begins a session"
    assert "ended by the partner's button" in played.said
    record = Record(played)
    shows = {light: record.shows(light) for light in LIGHTS}
    # The greeting of the service, and nothing more before the press.
    assert all([on_s for on_s, _ in times if on_s < 4.0] == [times[0][0]] for times in shows.values())
    assert any(5.0 < on_s < 10.3 for on_s, _ in shows["blue"])
    # Red for three seconds after the second of holding, then nothing for as long as it waits.
    assert not any(on_s > 13.5 for times in shows.values() for on_s, _ in times)
    assert len(played.tapes()) == 1


def test_a_press_without_a_glove_is_answered_by_amber(bench: Bench) -> None:
    scene = Scene(paws=("run",), chip="none", actions=pressed(4.0, 0.2), lasts_s=12)
    played = bench.play(scene)
    assert "no session: no ADS1115 answers at 0x49" in played.said
    record = Record(played)
    assert [light for light in LIGHTS if record.shows(light)] == ["amber"]
