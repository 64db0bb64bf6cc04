from hypothesis import given
from hypothesis import strategies as st

from coach.events import ForceSeen
from coach.picture import COLUMNS, Picture
from tests.story import PROPERTY

SECONDS = st.lists(st.one_of(st.none(), st.floats(0, 40)), max_size=600)


def picture_of(means: list[float | None], from_s: int = 0) -> Picture:
    picture = Picture()
    for i, mean in enumerate(means):
        picture.feed(ForceSeen(float(from_s + i + 1), float(from_s + i), mean, mean))
    return picture


def test_a_short_session_has_a_column_a_second() -> None:
    picture = picture_of([0.0, 3.0, None, 5.0])
    assert (picture.column_s, picture.newtons) == (1.0, (0.0, 3.0, None, 5.0))


def test_two_minutes_and_more_join_neighbours_and_keep_the_higher() -> None:
    picture = picture_of([float(i % 10) for i in range(COLUMNS + 1)])
    assert (picture.column_s, len(picture.newtons), picture.newtons[:5]) == (2.0, 65, (1.0, 3.0, 5.0, 7.0, 9.0))


def test_a_second_without_force_beside_one_with_force_is_not_lost() -> None:
    picture = picture_of([None, 2.0, 3.0, None, None, None, *[1.0] * COLUMNS])
    assert picture.newtons[:4] == (2.0, 3.0, None, 1.0)


def test_a_gap_is_empty_columns() -> None:
    picture = picture_of([4.0])
    picture.feed(ForceSeen(5.0, 4.0, 6.0, 6.0))
    assert picture.newtons == (4.0, None, None, None, 6.0)


def test_a_first_second_far_out_joins_as_often_as_it_takes() -> None:
    picture = picture_of([7.0], from_s=1000)
    assert (picture.column_s, len(picture.newtons), picture.newtons[-1]) == (8.0, 126, 7.0)


@PROPERTY
@given(SECONDS)
def test_however_long_it_grows_it_fits_and_no_column_lies(means: list[float | None]) -> None:
    picture = picture_of(means)
    width = int(picture.column_s)
    joined = [[mean for mean in means[i : i + width] if mean is not None] for i in range(0, len(means), width)]
    assert len(picture.newtons) <= COLUMNS
    assert picture.newtons == tuple(max(column, default=None) for column in joined)
