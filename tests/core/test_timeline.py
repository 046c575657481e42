"""Places on the rule are worked out by hand: 1000 wide, from the hour before to the hour after."""

from benchside.core.timeline import minutes, timeline


def test_a_day_from_eight_to_ten_stands_at_its_true_places() -> None:
    line = timeline([{"time": "08:00"}, {"time": "08:30", "key": True}, {"time": "10:00"}])
    assert [lead.at for lead in line.leaders] == [0, 250, 1000]
    assert [lead.to for lead in line.leaders] == [0, 333.3, 666.7]
    assert [lead.is_key for lead in line.leaders] == [False, True, False]
    assert line.hours == ((0, "8"), (500, "9"), (1000, "10"))
    assert len(line.quarters) == 9


def test_a_night_shift_goes_on_into_the_next_day() -> None:
    assert minutes(["22:15", "23:59", "00:30", "06:00"]) == [1335, 1439, 1470, 1800]
    line = timeline([{"time": "23:00"}, {"time": "01:00"}])
    assert [name for _, name in line.hours] == ["23", "0", "1"]


def test_one_moment_has_a_rule_of_an_hour() -> None:
    line = timeline([{"time": "09:00"}])
    assert [name for _, name in line.hours] == ["9", "10"]
    assert line.leaders[0].at == 0
