/** The data that commands and events of the Gallery's C# side carry. */

export interface SystemInfo {
  hostname: string;
  os: string;
  kernel: string;
  cpuModel: string;
  cores: number;
  memoryTotal: number;
  bootTime: string;
  runtime: string;
  engine: string;
  pid: number;
  user: string;
}

export interface Disk {
  mount: string;
  device: string;
  total: number;
  used: number;
  readRate: number;
  writeRate: number;
}

export interface NetworkInterface {
  name: string;
  receiveRate: number;
  sendRate: number;
  received: number;
  sent: number;
}

/** `monitor.sample`: sizes in bytes, rates in bytes a second, CPU as a share from 0 to 1. */
export interface MonitorSample {
  time: number;
  cpu: { total: number; cores: number[] };
  memory: { total: number; used: number; available: number; cached: number; swapTotal: number; swapUsed: number };
  disks: Disk[];
  network: NetworkInterface[];
  load: [number, number, number];
  uptime: number;
}

export type ProcessState =
  | "unknown"
  | "running"
  | "sleeping"
  | "waiting"
  | "idle"
  | "stopped"
  | "traced"
  | "zombie"
  | "dead";

export interface Process {
  pid: number;
  ppid: number;
  name: string;
  user: string;
  state: ProcessState;
  /** The share of one core: 0 to the number of cores. */
  cpu: number;
  memory: number;
  threads: number;
  command: string;
}

/** `monitor.processes`. */
export interface ProcessList {
  time: number;
  processes: Process[];
}

export interface ProcessDetails {
  pid: number;
  ppid: number;
  name: string;
  user: string;
  state: ProcessState;
  command: string;
  executable: string | null;
  directory: string | null;
  startTime: string;
  threads: number;
  memory: number;
  virtualMemory: number;
  priority: number;
  nice: number;
  openFiles: number | null;
  cpuTime: number;
}

export interface Place {
  name: string;
  path: string;
}

export type EntryKind = "directory" | "file" | "link" | "other";

export interface FileEntry {
  name: string;
  path: string;
  kind: EntryKind;
  /** Of a file; 0 for everything else. */
  size: number;
  modified: string;
  /** The type that the name suggests, for a file or a link that does not lead to a folder. */
  mime: string | null;
}

export interface Folder {
  path: string;
  parent: string | null;
  entries: FileEntry[];
  truncated: boolean;
}

export interface CommandInfo {
  name: string;
  description: string | null;
  /** JSON text of arguments that the command accepts. */
  example: string | null;
  thread: "background" | "ui";
  /** Whether the answer is a stream. */
  stream: boolean;
}

export interface BurstResult {
  count: number;
  milliseconds: number;
}

export type BackendState = "stopped" | "starting" | "ready" | "restarting" | "failed";

/** What the channel of the back end has carried in this life; latencies in milliseconds. */
export interface BackendTraffic {
  sent: number;
  received: number;
  bytesSent: number;
  bytesReceived: number;
  errors: number;
  peakQueue: number;
  calls: number;
  mean: number;
  p50: number;
  p99: number;
}

/** `python.status`. */
export interface BackendReport {
  state: BackendState;
  pid: number | null;
  /** In seconds. */
  uptime: number;
  restarts: number;
  lastError: string | null;
  commands: string[];
  /** Null while it is not ready. */
  traffic: BackendTraffic | null;
}

/** `python.line`: a line that the back end has written. */
export interface BackendLine {
  number: number;
  time: number;
  /** Whether it came from the standard error. */
  error: boolean;
  text: string;
}
