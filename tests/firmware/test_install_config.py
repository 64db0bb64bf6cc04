"""Our block in the firmware's config.txt: where it stands, what it says, and that everything else is left alone."""

import pytest

from firmware.install.boot_config import (
    after_block,
    before_block,
    is_cut,
    moved_under,
    with_block,
    without_block,
)
from firmware.install.place import SERVICE_FILES
from hardware.board import DEFAULT_BOARD

from .pi_system import BOOKWORM_CONFIG, TRIXIE_CONFIG

BLOCK = (SERVICE_FILES / "config.txt").read_text()


def test_the_block_darkens_the_pins_of_the_board() -> None:
    """The file can be read first, so it has the numbers; the board is where they come from."""
    (line,) = [line for line in BLOCK.splitlines() if line.startswith("gpio=")]
    lights = DEFAULT_BOARD.lights
    pins = {lights.green, lights.amber, lights.blue, lights.red, DEFAULT_BOARD.buzzer.pin}
    told = line.removeprefix("gpio=").removesuffix("=op,dl").split(",")
    assert (set(map(int, told)), len(told)) == (pins, len(pins))


def test_no_line_is_longer_than_the_firmware_reads() -> None:
    # 98 characters, by the documentation of config.txt; of a longer line the end is not seen.
    assert [line for line in BLOCK.splitlines() if len(line) > 98 and not line.startswith("#")] == []


@pytest.mark.parametrize(
    "text", ["", "a=1", "a=1\n", "a=1\r\nb=2\r\n", "\n\n", BOOKWORM_CONFIG, TRIXIE_CONFIG, "\udcff\n"]
)
def test_what_was_put_in_comes_out_again(text: str) -> None:
    whole = with_block(text, BLOCK)
    assert with_block(whole, BLOCK) == whole
    ended = text + "\n" * (bool(text) and not text.endswith("\n"))
    assert (whole, without_block(whole)) == (ended + BLOCK, ended)


def test_a_block_of_another_version_is_exchanged() -> None:
    old = "# kittypaws begin (version 0)\ngpio=4=op,dl\n# kittypaws end\n"
    assert with_block(f"a=1\n{old}b=2\n", BLOCK) == f"a=1\nb=2\n{BLOCK}"


def test_of_two_blocks_one_is_left() -> None:
    assert with_block(f"a=1\n{BLOCK}b=2\n{BLOCK}".replace("400000", "100000", 1), BLOCK) == f"a=1\nb=2\n{BLOCK}"


def test_a_block_whose_end_somebody_deleted_costs_no_line_of_hers() -> None:
    cut = BLOCK.replace("# kittypaws end\n", "") + "hdmi_group=2\n"
    whole = with_block(cut, BLOCK)
    assert (whole, without_block(whole)) == (cut + BLOCK, cut)
    assert (is_cut(cut), is_cut(whole), is_cut(BLOCK), is_cut("")) == (True, True, False, False)


@pytest.mark.parametrize(
    ("line", "disagrees"),
    [
        ("dtparam=i2c_arm=off", True),
        ("  dtparam=i2c_arm=off", True),
        ("dtparam=audio=on,i2c_arm=off", True),
        ("dtparam=i2c1=0", True),
        ("dtparam=i2c=on,i2c_baudrate=100000", True),
        ("device_tree_param=i2c_arm_baudrate=50000", True),
        ("dtparam=strict_gpiod=off", True),
        ("gpio=12=op,dh", True),
        ("gpio=20-24=ip,pu", True),
        ("gpio=4,17=op,dh", True),
        ("dtparam=i2c_arm=on", False),
        ("dtparam=i2c_arm_baudrate=400000", False),
        ("dtparam=i2c_vc_baudrate=100000", False),
        ("dtparam=strict_gpiod", False),
        ("dtparam=spi=off", False),
        ("gpio=2-4=op,dh", False),
        ("gpio=all=ip", False),
        ("#dtparam=i2c_arm=off", False),
    ],
)
def test_a_line_that_says_otherwise_loses_before_the_block_and_makes_it_move_after(line: str, disagrees: bool) -> None:
    before, after = f"{line}\n{BLOCK}", f"{BLOCK}a=1\n{line}\n"
    assert [found.text for found in before_block(before, BLOCK)] == [line.strip()] * disagrees
    assert [found.text for found in after_block(after, BLOCK)] == [line.strip()] * disagrees
    assert (before_block(after, BLOCK), after_block(before, BLOCK)) == ([], [])
    assert with_block(before, BLOCK) == before
    assert with_block(after, BLOCK) == (f"a=1\n{line}\n{BLOCK}" if disagrees else after)


def test_before_there_is_a_block_every_line_comes_before_it() -> None:
    (found,) = before_block("a=1\ndtparam=i2c_arm=off\n", BLOCK)
    assert (found.number, found.text) == (2, "dtparam=i2c_arm=off")


@pytest.mark.parametrize(
    ("text", "section"),
    [
        (f"[cm4]\na=1\n{BLOCK}b=2\n", "[cm4]"),
        (f"[cm4]\na=1\n{BLOCK}# b\n\n", None),
        (f"[cm4]\na=1\n{BLOCK}[pi5]\nb=2\n", None),
        (f"[cm4]\n[all]\na=1\n{BLOCK}b=2\n", None),
        (f"a=1\n{BLOCK}b=2\n", None),
        ("[cm4]\na=1\n", None),
    ],
)
def test_lines_that_would_stand_under_another_filter_without_the_block_are_seen(text: str, section: str | None) -> None:
    assert moved_under(text) == section
