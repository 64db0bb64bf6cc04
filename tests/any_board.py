"""Any board that can be: pins, addresses, inputs and resistors as a maker may write them into glove.toml."""

from hypothesis import strategies as st

from hardware.board import I2C_PINS, Adc, Board, Buttons, Buzzer, Electronics, Lights, Pads


def ohms(lowest_ohm: float | None = None) -> st.SearchStrategy[float]:
    return st.one_of(
        st.floats(min_value=lowest_ohm or 0, max_value=10e6, exclude_min=lowest_ohm is None),
        st.sampled_from([4.7, 220.0, 2187.6, 10_000.0, 999_999.0, 4_700_000.0]),
    )


@st.composite
def boards(draw: st.DrawFn, lowest_ohm: float | None = None) -> Board:
    resistor = ohms(lowest_ohm)
    pins = draw(st.permutations([pin for pin in range(28) if pin not in I2C_PINS]))
    heel, palm, fingers, supply = draw(st.permutations(range(4)))
    left, right = draw(st.permutations(range(0x48, 0x4C)))[:2]
    mama, partner = (draw(st.sampled_from([pin, pin, "none"])) for pin in pins[5:7])
    return Board(
        adc=Adc(bus=draw(st.sampled_from([1, 1, 0, 99])), left_address=left, right_address=right),
        electronics=Electronics(
            supply_volt=draw(st.floats(min_value=1.6, max_value=3.6)),
            fixed_ohm=draw(resistor),
            bias_ohm=draw(resistor),
            series_ohm=draw(resistor),
            reference_top_ohm=draw(resistor),
            reference_bottom_ohm=draw(resistor),
        ),
        pads=Pads(heel=heel, palm=palm, fingers=fingers, supply=supply),
        lights=Lights(*pins[:4]),
        buzzer=Buzzer(pins[4]),
        buttons=Buttons(mama=mama, partner=partner),
    )
