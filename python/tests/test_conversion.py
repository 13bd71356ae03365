"""What a parameter's annotation makes of JSON, row by row as in README.md."""

import enum
import pathlib
import typing
import unittest
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, Dict, FrozenSet, List, Optional, Set, Tuple, Union

from oriel import IpcError, IpcErrorCode
from oriel.handlers import Handler


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"
    MIX = (1, 2)


class Point(typing.NamedTuple):
    x: int
    y: int = 0


@dataclass
class Node:
    name: str
    born: date
    children: "List[Node]" = field(default_factory=list)


def convert(annotation, value):
    def function(argument):
        return argument

    function.__annotations__ = {"argument": annotation}
    return Handler("f", function).invoke({"argument": value})


class ConversionTests(unittest.TestCase):
    def assert_converts(self, annotation, value, expected):
        converted = convert(annotation, value)
        self.assertEqual((converted, type(converted)), (expected, type(expected)))

    def assert_refused(self, annotation, *values):
        for value in values:
            with self.subTest(value=value), self.assertRaisesRegex(IpcError, 'the argument "argument"') as caught:
                convert(annotation, value)
            self.assertEqual((caught.exception.code, caught.exception.data), (IpcErrorCode.INVALID_PARAMS, {"path": "$.argument"}))

    def test_datetime(self):
        utc = timezone.utc
        self.assert_converts(datetime, "2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5))
        self.assert_converts(datetime, "2026-01-02T03:04:05.678Z", datetime(2026, 1, 2, 3, 4, 5, 678000, utc))
        self.assert_converts(datetime, "2026-01-02T03:04:05.1234567+00:00", datetime(2026, 1, 2, 3, 4, 5, 123456, utc))
        self.assert_refused(datetime, "tomorrow", 5, None, "2026-13-01T00:00:00")

    def test_date_and_time(self):
        self.assert_converts(date, "2026-01-02", date(2026, 1, 2))
        self.assert_converts(time, "03:04:05.5", time(3, 4, 5, 500000))
        self.assert_refused(date, "2026", 1)
        self.assert_refused(time, "25:00", 1)

    def test_timedelta(self):
        self.assert_converts(timedelta, 1.5, timedelta(seconds=1.5))
        self.assert_refused(timedelta, "1", True, 1e300)

    def test_uuid(self):
        id = uuid.uuid4()
        self.assert_converts(uuid.UUID, str(id), id)
        self.assert_refused(uuid.UUID, "x", 1)

    def test_decimal(self):
        self.assert_converts(Decimal, "1.10", Decimal("1.10"))
        self.assert_converts(Decimal, 2, Decimal(2))
        self.assert_converts(Decimal, 0.1, Decimal("0.1"))
        self.assert_refused(Decimal, "x", "NaN", True, [])

    def test_enum(self):
        self.assert_converts(Color, "blue", Color.BLUE)
        self.assert_converts(Color, [1, 2], Color.MIX)
        with self.assertRaisesRegex(IpcError, "not one of 'red', 'blue'"):
            convert(Color, "green")
        self.assert_refused(Color, None, [], {}, [[]])

    def test_path(self):
        self.assert_converts(pathlib.Path, "/a/b", pathlib.Path("/a/b"))
        self.assert_refused(pathlib.Path, 1)

    def test_sets_and_tuples(self):
        self.assert_converts(set, [1, 2, 1], {1, 2})
        self.assert_converts(Set[date], ["2026-01-02"], {date(2026, 1, 2)})
        self.assert_converts(FrozenSet[str], ["a"], frozenset("a"))
        self.assert_converts(tuple, [1, "a"], (1, "a"))
        self.assert_converts(Tuple[date, ...], ["2026-01-02"], (date(2026, 1, 2),))
        self.assert_converts(Tuple[int, Color], [1, "red"], (1, Color.RED))
        self.assert_refused(set, "ab", {"a": 1}, [[]])
        self.assert_refused(Tuple[int, Color], [1], [1, "red", 2], [1, "green"])

    def test_dataclass(self):
        node = convert(Node, {"name": "a", "born": "2026-01-02", "children": [{"name": "b", "born": "2026-01-03"}]})
        self.assertEqual(node, Node("a", date(2026, 1, 2), [Node("b", date(2026, 1, 3))]))
        self.assert_refused(Node, {"name": "a"}, {"name": "a", "born": "x"}, {"name": "a", "born": "2026-01-02", "z": 1}, [], "a")

    def test_a_problem_inside_of_a_value_is_located(self):
        with self.assertRaisesRegex(IpcError, r"\['children'\] \[0\] \['born'\] is not a date"):
            convert(Node, {"name": "a", "born": "2026-01-02", "children": [{"name": "b", "born": "x"}]})

    def test_named_tuple(self):
        self.assert_converts(Point, {"x": 1, "y": 2}, Point(1, 2))
        self.assert_converts(Point, [1], Point(1, 0))
        self.assert_refused(Point, [1, 2, 3], [], {"z": 1})

    def test_bytes(self):
        self.assert_converts(bytes, b"x", b"x")
        self.assert_converts(bytearray, b"x", bytearray(b"x"))
        self.assert_refused(bytes, "x", [1])

    def test_lists_and_dicts_of_these(self):
        self.assert_converts(List[Color], ["red"], [Color.RED])
        self.assert_converts(Dict[str, date], {"a": "2026-01-02"}, {"a": date(2026, 1, 2)})
        self.assert_refused(List[Color], ["green"], "red")
        self.assert_refused(Dict[str, date], {"a": 1}, [])

    def test_optional_and_union(self):
        self.assert_converts(Optional[date], None, None)
        self.assert_converts(Optional[date], "2026-01-02", date(2026, 1, 2))
        self.assert_converts(Union[int, date], 5, 5)
        self.assert_converts(Union[date, str], "2026-01-02", date(2026, 1, 2))
        self.assert_converts(Union[date, str], "soon", "soon")
        self.assert_refused(Optional[date], "soon", 5)

    def test_types_of_json_and_unknown_annotations_pass_values_as_they_are(self):
        for annotation in (int, str, float, bool, list, dict, Any, object, List[int], "NoSuchName", 5, [1]):
            self.assert_converts(annotation, {"a": 1}, {"a": 1})

    def test_annotations_that_are_texts_are_understood(self):
        self.assert_converts("Color", "red", Color.RED)

    def test_a_default_of_none_takes_none(self):
        def function(day: date = None):
            return day

        self.assertIsNone(Handler("f", function).invoke({"day": None}))


class ArgumentTests(unittest.TestCase):
    def test_an_object_gives_keywords_an_array_positions_none_none_and_anything_else_one(self):
        def function(*args, **kwargs):
            return args, kwargs

        handler = Handler("f", function)
        for data, expected in (
            ({"a": 1}, ((), {"a": 1})),
            ([1, 2], ((1, 2), {})),
            (None, ((), {})),
            (5, ((5,), {})),
            ("x", (("x",), {})),
            (False, ((False,), {})),
            (b"x", ((b"x",), {})),
            ({}, ((), {})),
            ([], ((), {})),
        ):
            self.assertEqual(handler.invoke(data), expected)

    def test_arguments_that_do_not_fit_are_refused_before_the_function_runs(self):
        ran = []

        def function(start, end=5, *, step=1):
            ran.append(start)

        handler = Handler("frames", function)
        for data, text in (
            (None, "start"),
            ({"end": 1}, "start"),
            ({"start": 1, "stop": 2}, "stop"),
            ([1, 2, 3], "too many"),
            ({}, r"takes \(start, end\?, step\?\)"),
        ):
            with self.subTest(data=data), self.assertRaisesRegex(IpcError, text) as caught:
                handler.invoke(data)
            self.assertEqual(caught.exception.code, IpcErrorCode.INVALID_PARAMS)
        self.assertEqual(ran, [])

    def test_a_type_error_of_the_function_itself_is_its_own(self):
        def function(a):
            return len(a)

        with self.assertRaises(TypeError):
            Handler("f", function).invoke([5])

    def test_functions_in_c_and_objects_that_can_be_called_work(self):
        class Doubler:
            def __call__(self, value: Decimal):
                return value * 2

        self.assertEqual(Handler("f", max).invoke([1, 3, 2]), 3)
        self.assertEqual(Handler("f", Doubler()).invoke(["1.5"]), Decimal(3))
