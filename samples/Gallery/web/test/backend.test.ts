import assert from "node:assert/strict";
import { test } from "node:test";
import { factsText, isPossible, type BackendAction } from "../src/backend/backend-state";
import { bucketEdges, bucketOf, LatencyHistogram } from "../src/backend/latency-histogram";
import type { BackendReport, BackendState } from "../src/oriel";

const report: BackendReport = { state: "ready", pid: 4711, uptime: 12.4, restarts: 1, lastError: null, commands: [], traffic: null };

test("A_time_lies_in_the_bucket_of_its_power_of_two", () => {
  const edges = [1 / 64, 0.124, 0.125, 0.5, 0.99, 1, 1.99, 2, 1024].map(time => bucketEdges[bucketOf(time)]);
  assert.deepEqual(edges, [1 / 64, 1 / 16, 0.125, 0.5, 0.5, 1, 1, 2, 1024]);
});

test("What_is_beyond_the_scale_lies_in_its_first_and_last_bucket", () => {
  assert.equal(bucketOf(1e-6), 0);
  assert.equal(bucketOf(1e9), bucketEdges.length - 1);
});

test("A_time_below_the_step_of_the_clock_lies_below_a_millisecond", () => {
  assert.equal(bucketEdges[bucketOf(0)], 0.5);
});

test("Quantiles_are_times_that_were_measured", () => {
  const histogram = new LatencyHistogram();
  for (let time = 100; time >= 1; time--) {
    histogram.add(time);
  }

  assert.deepEqual(histogram.quantiles(0, 0.5, 0.99, 1), [1, 50, 99, 100]);
  assert.equal(histogram.counts.reduce((sum, count) => sum + count), 100);
});

test("A_histogram_keeps_the_last_calls_alone", () => {
  const histogram = new LatencyHistogram(3);
  [100, 1, 2, 3].forEach(time => histogram.add(time));
  assert.deepEqual([histogram.count, ...histogram.quantiles(1)], [3, 3]);
});

test("What_is_no_time_is_left_out", () => {
  const histogram = new LatencyHistogram();
  [NaN, -1, Infinity].forEach(time => histogram.add(time));
  assert.equal(histogram.count, 0);
  assert.ok(Number.isNaN(histogram.quantiles(0.5)[0]));
});

test("Buttons_offer_what_a_state_allows", () => {
  const all: BackendAction[] = ["start", "stop", "restart", "kill", "crash"];
  const states: BackendState[] = ["stopped", "starting", "ready", "restarting", "failed"];
  assert.deepEqual(
    states.map(state => all.filter(action => isPossible(action, state)).join(" ")),
    ["start", "stop kill", "stop restart kill crash", "stop", "start"],
  );
});

test("The_facts_are_those_that_a_state_has", () => {
  assert.equal(factsText(report), "process 4711 · up 12 s · 1 restart");
  assert.equal(factsText({ ...report, state: "stopped", pid: null, restarts: 0 }), "");
  assert.equal(factsText({ ...report, state: "restarting", pid: null, restarts: 2 }), "2 restarts");
});
