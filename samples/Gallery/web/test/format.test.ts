import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatBytes,
  formatClockExactly,
  formatCount,
  formatDateTime,
  formatDuration,
  formatMilliseconds,
  formatPart,
  formatPercent,
  formatRate,
} from "../src/format";

test("Bytes_are_written_in_the_largest_unit_that_keeps_them_at_least_one", () => {
  const cases: [number, string][] = [
    [0, "0 B"],
    [1, "1 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [1536, "1.5 KiB"],
    [10_240, "10.0 KiB"],
    [102_400, "100 KiB"],
    [1_048_576, "1.0 MiB"],
    [34_359_738_368, "32.0 GiB"],
    [2 ** 60, "1024 PiB"],
  ];
  assert.deepEqual(cases.map(([bytes]) => formatBytes(bytes)), cases.map(([, text]) => text));
});

test("A_size_that_would_round_to_1024_moves_to_the_next_unit", () => {
  assert.equal(formatBytes(1024 * 1024 - 1), "1.0 MiB");
});

test("What_is_no_size_has_no_figure", () => {
  assert.deepEqual([NaN, Infinity, -1].map(formatBytes), ["–", "–", "–"]);
  assert.equal(formatRate(NaN), "–");
});

test("A_part_is_written_in_the_unit_of_the_whole", () => {
  assert.equal(formatPart(317 * 1024 ** 2, 8 * 1024 ** 3), "0.3 / 8.0 GiB");
  assert.equal(formatPart(12, 100), "12 / 100 B");
  assert.equal(formatPart(NaN, 100), "–");
});

test("A_rate_is_bytes_a_second", () => {
  assert.equal(formatRate(1536), "1.5 KiB/s");
});

test("A_share_is_written_in_percent", () => {
  assert.equal(formatPercent(0.374), "37 %");
  assert.equal(formatPercent(0.0374, 1), "3.7 %");
});

test("A_duration_has_its_two_largest_units", () => {
  const cases: [number, string][] = [
    [0, "0 s"],
    [0.9, "0 s"],
    [59, "59 s"],
    [60, "1 min"],
    [725, "12 min 5 s"],
    [3600, "1 h"],
    [3605, "1 h"],
    [93_600, "1 d 2 h"],
    [-1, "–"],
  ];
  assert.deepEqual(cases.map(([seconds]) => formatDuration(seconds)), cases.map(([, text]) => text));
});

test("A_measured_time_has_about_three_digits", () => {
  assert.deepEqual([0, 3.0000000000009, 42, 120].map(formatMilliseconds), ["< 1 ms", "3 ms", "42 ms", "120 ms"]);
  assert.deepEqual([0.4216, 18.34, 431.7, 999.6, 1240].map(formatMilliseconds), [
    "0.42 ms",
    "18.3 ms",
    "432 ms",
    "1.00 s",
    "1.24 s",
  ]);
});

test("Counts_have_their_thousands_set_apart", () => {
  assert.equal(formatCount(1234567.4), "1,234,567");
});

test("Times_are_local_and_padded", () => {
  assert.equal(formatDateTime("2025-03-07T04:05:59Z"), "2025-03-07 04:05");
  assert.equal(formatDateTime("yesterday"), "–");
  assert.equal(formatClockExactly(Date.UTC(2025, 0, 1, 3, 4, 5, 6)), "03:04:05.006");
});
