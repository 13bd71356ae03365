import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileEntry, ProcessSample } from "../src/oriel";
import { arrangeFiles, fileOrders } from "../src/files/file-order";
import { arrangeProcesses, processOrders } from "../src/monitor/process-order";
import { matches, nextOrder } from "../src/ordering";

function process(pid: number, name: string, part: Partial<ProcessSample> = {}): ProcessSample {
  return { pid, ppid: 1, name, user: "ada", state: "sleeping", cpu: 0, memory: 0, threads: 1, command: "", ...part };
}

function entry(name: string, part: Partial<FileEntry> = {}): FileEntry {
  return { name, path: `/${name}`, kind: "file", size: 0, modified: "2025-01-01T00:00:00Z", mime: null, ...part };
}

const pids = (processes: ProcessSample[]): number[] => processes.map(({ pid }) => pid);
const names = (entries: FileEntry[]): string[] => entries.map(({ name }) => name);

test("Processes_are_sorted_by_every_column_in_both_directions", () => {
  const low = process(1, "alpha", { user: "ada", state: "running", cpu: 0.1, memory: 1, threads: 1, command: "a" });
  const high = process(2, "beta", { user: "root", state: "sleeping", cpu: 0.2, memory: 2, threads: 2, command: "b" });
  for (const column of Object.keys(processOrders)) {
    assert.deepEqual(pids(arrangeProcesses([high, low], "", { column, descending: false })), [1, 2], column);
    assert.deepEqual(pids(arrangeProcesses([low, high], "", { column, descending: true })), [2, 1], column);
  }
});

test("Equal_processes_keep_the_order_of_their_PIDs_whatever_the_direction", () => {
  const idle = [process(30, "c"), process(10, "a"), process(20, "b")];
  assert.deepEqual(pids(arrangeProcesses(idle, "", { column: "cpu", descending: true })), [10, 20, 30]);
  assert.deepEqual(pids(arrangeProcesses(idle, "", { column: "cpu", descending: false })), [10, 20, 30]);
});

test("The_filter_finds_processes_by_all_its_words_in_name_command_user_or_PID", () => {
  const all = [process(1, "bash"), process(2, "node", { command: "node server.js" }), process(31, "node", { user: "root" })];
  const order = { column: "pid", descending: false };
  assert.deepEqual(pids(arrangeProcesses(all, " NODE  server ", order)), [2]);
  assert.deepEqual(pids(arrangeProcesses(all, "root", order)), [31]);
  assert.deepEqual(pids(arrangeProcesses(all, "31", order)), [31]);
  assert.deepEqual(pids(arrangeProcesses(all, "nothing", order)), []);
  assert.deepEqual(pids(arrangeProcesses(all, "  ", order)), [1, 2, 31]);
});

test("Arranging_leaves_the_list_that_came_as_it_was", () => {
  const all = [process(2, "b"), process(1, "a")];
  arrangeProcesses(all, "", { column: "pid", descending: false });
  assert.deepEqual(pids(all), [2, 1]);
});

test("Folders_come_before_files_in_both_directions_and_numbers_in_names_count", () => {
  const all = [entry("file 10"), entry("file 2"), entry("Sub", { kind: "directory" }), entry("another", { kind: "directory" })];
  const filter = { query: "", hidden: false };
  assert.deepEqual(names(arrangeFiles(all, filter, { column: "name", descending: false })), ["another", "Sub", "file 2", "file 10"]);
  assert.deepEqual(names(arrangeFiles(all, filter, { column: "name", descending: true })), ["Sub", "another", "file 10", "file 2"]);
});

test("Hidden_files_are_shown_on_request_only", () => {
  const all = [entry(".profile"), entry("notes")];
  const order = { column: "name", descending: false };
  assert.deepEqual(names(arrangeFiles(all, { query: "", hidden: false }, order)), ["notes"]);
  assert.deepEqual(names(arrangeFiles(all, { query: "", hidden: true }, order)), [".profile", "notes"]);
});

test("Files_are_sorted_by_every_column", () => {
  const low = entry("a", { size: 1, modified: "2025-01-01T00:00:00Z", mime: "audio/wav" });
  const high = entry("b", { size: 2, modified: "2025-01-02T00:00:00+05:00", mime: "text/plain" });
  for (const column of Object.keys(fileOrders)) {
    assert.deepEqual(names(arrangeFiles([high, low], { query: "", hidden: false }, { column, descending: false })), ["a", "b"], column);
  }
});

test("A_second_click_on_a_heading_turns_the_order_around", () => {
  const first = nextOrder({ column: "name", descending: false }, "cpu", true);
  assert.deepEqual(first, { column: "cpu", descending: true });
  assert.deepEqual(nextOrder(first, "cpu", true), { column: "cpu", descending: false });
});

test("A_query_without_words_matches_everything", () => {
  assert.ok(matches("  ", "anything"));
});
