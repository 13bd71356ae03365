import type { ProcessSample, ProcessState } from "../oriel";
import { compareText, matches, sorted, type Comparer, type SortOrder } from "../ordering";

/** The columns of the process table, and how each orders its rows. */
export const processOrders = {
  name: (a, b) => compareText(a.name, b.name),
  pid: (a, b) => a.pid - b.pid,
  user: (a, b) => compareText(a.user, b.user),
  state: (a, b) => compareText(stateName(a.state), stateName(b.state)),
  cpu: (a, b) => a.cpu - b.cpu,
  memory: (a, b) => a.memory - b.memory,
  threads: (a, b) => a.threads - b.threads,
  command: (a, b) => compareText(a.command, b.command),
} as const satisfies Record<string, Comparer<ProcessSample>>;

export type ProcessColumn = keyof typeof processOrders;

/** The processes that match the query, in order; equal ones by PID. */
export function arrangeProcesses(processes: readonly ProcessSample[], query: string, order: SortOrder): ProcessSample[] {
  const matching = query.trim()
    ? processes.filter(process => matches(query, process.name, process.command, process.user, String(process.pid)))
    : processes;
  const compare = processOrders[order.column as ProcessColumn] ?? processOrders.pid;
  return sorted(matching, compare, order.descending, processOrders.pid);
}

/** The state as it is shown. */
export function stateName(state: ProcessState): string {
  return state.charAt(0).toUpperCase() + state.slice(1);
}
