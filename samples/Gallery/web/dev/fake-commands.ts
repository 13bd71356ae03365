import type { CommandDescription } from "../src/oriel";

const command = (name: string, description: string | null, example: unknown, more: Partial<CommandDescription> = {}): CommandDescription => ({
  name,
  description,
  example: example === null ? null : JSON.stringify(example),
  thread: "background",
  stream: false,
  ...more,
});

export const fakeCommands: CommandDescription[] = [
  command("add", "The sum of two numbers.", { a: 19, b: 23 }),
  command("multiply", "The product of two numbers.", { a: 6, b: 7 }),
  command("toUpperCase", "A text in capital letters.", { text: "a bay window" }),
  command("toLowerCase", "A text in small letters.", { text: "A BAY WINDOW" }),
  command("reverseArray", "The items from the last to the first.", { items: [1, "two", { three: 3 }] }),
  command("getSystemInfo", "What there is to know of the machine.", {}),
  command("echo", "Answers with its arguments.", { text: "Grüße, 世界 👋", numbers: [1, 2.5, -3e10], nothing: null }),
  command("system.info", "What there is to know of the machine.", {}),
  command("tour.digest", "Digests made-up bytes, and tells how far it is.", { megabytes: 64 }),
  command("processes.details", "What there is to know of one process.", { pid: 1 }),
  command("files.places", "The folders to start from.", {}),
  command("files.list", "The entries of a folder.", { path: "/" }),
  command("commands.list", "This list.", {}),
  command("fail", "Always fails.", { message: "It was bound to happen." }),
  command("sleep", "Waits, and can be cancelled.", { milliseconds: 5000 }),
  command("count", "A stream of numbers.", { to: 10, delay: 100 }, { stream: true }),
  command("feeds.burst", "Emits events as fast as the page takes them.", { count: 1000, size: 64 }),
  command("feeds.tick", "Emits one event a second.", { enabled: true }),
  command("window.setTitle", null, { title: "Gallery" }, { thread: "ui" }),
];
