import type { BackendLine, BackendReport, BackendState } from "../src/oriel";

type Emit = (name: string, data: unknown) => void;

/** What stands in for the back end in Python, and for the commands that rule it. */
export function fakeBackend(emit: Emit): Record<string, (argumentsValue: any) => unknown> {
  let state: BackendState = "stopped";
  let pid = 4000;
  let restarts = 0;
  let readySince = 0;
  let calls = 0;
  let pulse = 0;
  const lines: BackendLine[] = [];

  const report = (): BackendReport => ({
    state,
    pid: state === "ready" ? pid : null,
    uptime: state === "ready" ? (Date.now() - readySince) / 1000 : 0,
    restarts,
    lastError: restarts > 0 ? 'The back end "backend" ended with exit code 137 (SIGKILL): python3 backend.py.' : null,
    commands: [],
    traffic:
      state === "ready"
        ? { sent: calls, received: calls, bytesSent: calls * 70, bytesReceived: calls * 60, errors: 0, peakQueue: 1, calls, mean: 0.06, p50: 0.05, p99: 0.2 }
        : null,
  });
  const print = (text: string, error = false): void => {
    const line = { number: lines.length + 1, time: Date.now(), error, text };
    lines.push(line);
    emit("python.line", line);
  };
  const change = (next: BackendState): BackendReport => {
    state = next;
    clearInterval(pulse);
    if (next === "ready") {
      pid++;
      readySince = Date.now();
      calls = 0;
      print(`Python 3.11 serves as process ${pid}`);
    }

    emit("backend:state", { name: "backend", state });
    return report();
  };
  const die = (): BackendReport => {
    restarts++;
    setTimeout(() => change("ready"), 250);
    return change("restarting");
  };
  const answer = <T>(value: T): T => {
    calls++;
    return value;
  };

  return {
    "python.status": report,
    "python.lines": () => lines.slice(-200),
    "python.start": () => {
      restarts = 0;
      return change("ready");
    },
    "python.stop": () => change("stopped"),
    "python.restart": () => {
      restarts = 0;
      return change("ready");
    },
    "python.kill": die,
    "python.measure": ({ count }) => Array.from({ length: count }, () => answer(0.04 + Math.random() ** 8)),
    "backend.frames": ({ start, end }) => {
      print(`frames from ${start} to ${end} - a print is only a print`);
      return answer(Array.from({ length: end - start }, (_, i) => start + i));
    },
    "backend.echo": ({ value }) => answer(value),
    "backend.fail": () => {
      throw new Error("This was asked for.");
    },
    "backend.crash": () => {
      print("crashing, as asked", true);
      die();
      throw new Error('The back end "backend" ended before it answered "crash".');
    },
    "backend.pulse": ({ enabled }) => {
      clearInterval(pulse);
      let index = 0;
      if (enabled) {
        pulse = window.setInterval(() => emit("pulse", { index: index++, cpu: 0.1, threads: 5 }), 250);
      }

      return answer(null);
    },
  };
}
