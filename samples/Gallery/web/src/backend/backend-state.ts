import type { BackendReport, BackendState } from "../oriel";
import { formatCount, formatDuration } from "../format";

export type BackendAction = "start" | "stop" | "restart" | "kill" | "crash";

const possible: Record<BackendState, readonly BackendAction[]> = {
  stopped: ["start"],
  starting: ["stop", "kill"],
  ready: ["stop", "restart", "kill", "crash"],
  restarting: ["stop"],
  failed: ["start"],
};

const texts: Record<BackendState, string> = {
  stopped: "Stopped",
  starting: "Starting",
  ready: "Ready",
  restarting: "Restarting",
  failed: "Failed",
};

/** Whether an action has a meaning in a state. */
export function isPossible(action: BackendAction, state: BackendState): boolean {
  return possible[state].includes(action);
}

/** The state in a word. */
export function stateText(state: BackendState): string {
  return texts[state];
}

/** What else is known: "process 4711 · up 12 s · 1 restart". */
export function factsText({ state, pid, uptime, restarts }: BackendReport): string {
  return [
    pid === null ? "" : `process ${pid}`,
    state === "ready" ? `up ${formatDuration(uptime)}` : "",
    restarts === 0 ? "" : `${formatCount(restarts)} ${restarts === 1 ? "restart" : "restarts"}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
