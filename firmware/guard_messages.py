"""What the loop and its guardian say to each other, one message a packet."""

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from coach.cues import Levels
from sensing.inputs import MarkWord


class Show(Struct, frozen=True, tag=True, array_like=True):
    """From the loop: a tick was judged, and this is to show.

    Attributes:
        number: Counted from 1; the answer bears it.
        of_s: When the tick began, by the machine's monotonic clock.
        heard: How many of the guardian's words are judged.
        levels: The lights and the tone.
    """

    number: int
    of_s: float
    heard: int
    levels: Levels


class Ready(Struct, frozen=True, tag=True, array_like=True):
    """From the guardian: it has the pins, and all of them are off."""


class Refused(Struct, frozen=True, tag=True, array_like=True):
    """From the guardian: it cannot have the pins, or her button does not come up."""

    why: str


class Answer(Struct, frozen=True, tag=True, array_like=True):
    """From the guardian: it shows that, and these words are not judged yet.

    Attributes:
        number: Of the message that is answered.
        first: How many words came before these.
        words: What the buttons said.
    """

    number: int
    first: int
    words: tuple[MarkWord, ...]


# A packet is far smaller; twenty words in one tick are no human's.
PACKET_BYTES = 4096

encode = Encoder().encode
decode_show = Decoder(Show).decode
decode_answer = Decoder(Ready | Refused | Answer).decode
