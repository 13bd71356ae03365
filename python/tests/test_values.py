"""The table of README.md, row by row."""

import collections
import dataclasses
import enum
import json
import pathlib
import typing
import unittest
import uuid
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from oriel.values import encode


class Color(enum.Enum):
    RED = "red"
    BOX = (1, 2)


class Level(enum.IntEnum):
    HIGH = 3


class Name(str, enum.Enum):
    ANNA = "anna"


class Point(typing.NamedTuple):
    x: int
    y: int


@dataclasses.dataclass
class Shot:
    name: str
    at: datetime
    where: Point
    tags: set = dataclasses.field(default_factory=set)


class Mapping(collections.abc.Mapping):
    def __getitem__(self, key):
        return {"a": 1}[key]

    def __iter__(self):
        return iter(["a"])

    def __len__(self):
        return 1


def crossed(value):
    return json.loads(encode(value, 127).decode("utf-8"))


class ValueTests(unittest.TestCase):
    def test_json_s_own_values_cross_as_they_are(self):
        value = {"n": None, "t": True, "i": -5, "f": 0.5, "s": "ü\n\u2028", "l": [1, [2]], "o": {"": {}}}
        self.assertEqual(crossed(value), value)

    def test_a_large_whole_number_crosses_with_all_its_digits(self):
        self.assertEqual(crossed(2**53 + 1), 2**53 + 1)
        self.assertEqual(crossed(-(10**100)), -(10**100))

    def test_dates_and_times_cross_as_iso_texts(self):
        self.assertEqual(crossed(datetime(2026, 1, 2, 3, 4, 5, 600000)), "2026-01-02T03:04:05.600000")
        self.assertEqual(crossed(datetime(2026, 1, 2, tzinfo=timezone.utc)), "2026-01-02T00:00:00+00:00")
        self.assertEqual(crossed(date(2026, 1, 2)), "2026-01-02")
        self.assertEqual(crossed(time(3, 4)), "03:04:00")

    def test_a_duration_crosses_as_seconds(self):
        self.assertEqual(crossed(timedelta(minutes=1, milliseconds=500)), 60.5)

    def test_a_uuid_a_decimal_and_a_path_cross_as_texts(self):
        id = uuid.uuid4()
        self.assertEqual(crossed([id, Decimal("1.10"), pathlib.PurePosixPath("/a/b")]), [str(id), "1.10", "/a/b"])

    def test_an_enum_crosses_as_its_value(self):
        self.assertEqual(crossed([Color.RED, Color.BOX, Level.HIGH, Name.ANNA]), ["red", [1, 2], 3, "anna"])

    def test_a_dataclass_crosses_as_an_object_and_what_it_holds_by_its_own_row(self):
        self.assertEqual(
            crossed(Shot("a", datetime(2026, 1, 2), Point(1, 2), {"x"})), {"name": "a", "at": "2026-01-02T00:00:00", "where": [1, 2], "tags": ["x"]}
        )

    def test_tuples_sets_and_other_mappings_cross_as_arrays_and_objects(self):
        self.assertEqual(crossed([(1, 2), Point(3, 4), Mapping()]), [[1, 2], [3, 4], {"a": 1}])
        self.assertEqual(sorted(crossed({3, 1, 2})), [1, 2, 3])
        self.assertEqual(crossed(frozenset(["x"])), ["x"])

    def test_keys_that_are_numbers_booleans_or_none_become_texts(self):
        self.assertEqual(crossed({1: 1, 2.5: 2, None: 3, False: 4}), {"1": 1, "2.5": 2, "null": 3, "false": 4})

    def assert_refused(self, value, kind, text):
        with self.assertRaisesRegex(kind, text):
            encode(value, 127)

    def test_other_keys_are_refused(self):
        self.assert_refused({(1, 2): 3}, TypeError, "keys")

    def test_nan_and_infinity_are_refused(self):
        for value in (float("nan"), float("inf"), -float("inf"), Decimal("NaN"), Decimal("Infinity")):
            self.assert_refused({"a": [value]}, ValueError, "NaN")

    def test_bytes_inside_of_another_value_are_refused_with_what_to_do(self):
        for value in (b"x", bytearray(b"x"), memoryview(b"x")):
            self.assert_refused({"a": value}, TypeError, "by themselves")

    def test_a_cycle_is_refused(self):
        loop = []
        loop.append({"again": loop})
        self.assert_refused(loop, ValueError, "contains itself")

        ring = Shot("a", datetime(2026, 1, 2), Point(1, 2))
        ring.tags = ring
        self.assert_refused(ring, ValueError, "contains itself")

    def test_a_value_that_stands_twice_is_no_cycle(self):
        shared = [1]
        self.assertEqual(crossed([shared, shared]), [[1], [1]])

    def test_depth_is_bounded(self):
        value = 1
        for _ in range(127):
            value = [value]
        encode(value, 127)
        self.assert_refused([value], ValueError, "deeper than 127")

    def test_half_a_surrogate_pair_is_refused(self):
        self.assert_refused("\ud800", ValueError, "surrogate")

    def test_anything_else_is_refused_by_the_name_of_its_type(self):
        self.assert_refused({"a": ValueTests}, TypeError, "type type")
        self.assert_refused([object()], TypeError, "type object")
        self.assert_refused(3j, TypeError, "type complex")
        self.assert_refused((item for item in ()), TypeError, "type generator")
