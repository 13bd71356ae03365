import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsFor } from "../src/charts/core-layout";
import { SampleBuffer } from "../src/charts/sample-buffer";
import { rateCeiling } from "../src/charts/scale";
import { FolderHistory } from "../src/files/folder-history";
import { RingBuffer } from "../src/ring-buffer";

test("A_ring_buffer_keeps_the_last_items_in_order", () => {
  const buffer = new RingBuffer<number>(3);
  assert.deepEqual(buffer.toArray(), []);
  for (let i = 1; i <= 5; i++) {
    buffer.push(i);
  }

  assert.equal(buffer.length, 3);
  assert.deepEqual(buffer.toArray(), [3, 4, 5]);
  assert.deepEqual([buffer.at(-1), buffer.at(0), buffer.at(2), buffer.at(3)], [undefined, 3, 5, undefined]);
});

test("A_cleared_ring_buffer_fills_from_the_start", () => {
  const buffer = new RingBuffer<number>(2);
  [1, 2, 3].forEach(item => buffer.push(item));
  buffer.clear();
  buffer.push(4);
  assert.deepEqual(buffer.toArray(), [4]);
});

test("A_ring_buffer_without_room_is_refused", () => {
  assert.throws(() => new RingBuffer(0), RangeError);
});

test("Samples_are_read_from_the_oldest_after_the_buffer_has_wrapped", () => {
  const samples = new SampleBuffer(2, 3);
  assert.equal(samples.last(0), 0);
  for (let i = 1; i <= 5; i++) {
    samples.push(i * 100, [i, -i]);
  }

  assert.equal(samples.length, 3);
  assert.deepEqual([0, 1, 2].map(i => samples.time(i)), [300, 400, 500]);
  assert.deepEqual([samples.value(0, 0), samples.value(2, 1), samples.last(1)], [3, -5, -5]);
  assert.deepEqual([0, 300, 301, 500, 501].map(time => samples.indexFrom(time)), [0, 0, 1, 2, 3]);
});

test("A_rate_fits_under_the_next_round_step", () => {
  assert.equal(rateCeiling(0), 10 * 1024);
  assert.equal(rateCeiling(10 * 1024 + 1), 20 * 1024);
  assert.equal(rateCeiling(600 * 1024), 1024 ** 2);
  assert.equal(rateCeiling(3.2 * 1024 ** 3), 5 * 1024 ** 3);
});

test("Cores_fill_their_area_without_half_empty_rows", () => {
  assert.equal(columnsFor(1, 170, 120), 1);
  assert.equal(columnsFor(8, 170, 120), 2);
  assert.equal(columnsFor(16, 170, 120), 4);
});

test("Back_and_forward_follow_the_folders_that_were_opened", () => {
  const history = new FolderHistory();
  ["/", "/a", "/a", "/a/b"].forEach(path => history.visit(path));
  assert.deepEqual([history.step(-1), history.step(-1), history.step(-1)], ["/a", "/", null]);
  assert.equal(history.step(1), "/a");
  history.visit("/c");
  assert.deepEqual([history.canGoForward, history.step(-1)], [false, "/a"]);
});
