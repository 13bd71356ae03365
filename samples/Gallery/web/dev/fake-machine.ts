import type { SystemSample, ProcessSample, ProcessDetails, ProcessList, SystemInfo } from "../src/oriel";

const gib = 1024 ** 3;
const mib = 1024 ** 2;
const programs: [name: string, command: string, user: string][] = [
  ["systemd", "/sbin/init splash", "root"],
  ["kworker/0:1", "", "root"],
  ["WebKitWebProces", "/usr/lib/webkit2gtk-4.1/WebKitWebProcess 7 34 40", "ada"],
  ["Gallery", "./Gallery --show files", "ada"],
  ["gnome-shell", "/usr/bin/gnome-shell", "ada"],
  ["pipewire", "/usr/bin/pipewire -c filter-chain.conf", "ada"],
  ["postgres", "postgres: checkpointer", "postgres"],
  ["dotnet", "dotnet build-server --nologo --configuration Release", "ada"],
  ["node", "node /opt/app/server.js --port 8080", "www-data"],
  ["bash", "-bash", "ada"],
  ["clang++", "clang++ -O2 -std=c++23 -c renderer.cpp -o renderer.o", "ada"],
  ["dbus-daemon", "/usr/bin/dbus-daemon --session --nofork", "ada"],
];

/** A machine that is busy in a believable way. */
export class FakeMachine {
  readonly #loads: number[];
  readonly #processes: { -readonly [K in keyof ProcessSample]: ProcessSample[K] }[];
  #read = 0;
  #receive = 0;
  #received = 3 * gib;

  constructor(
    readonly cores: number,
    count: number,
  ) {
    this.#loads = Array.from({ length: cores }, () => Math.random() * 0.4);
    this.#processes = Array.from({ length: count }, (_, i) => {
      const [name, command, user] = programs[i % programs.length]!;
      return {
        pid: i === 0 ? 1 : 400 + i * 7,
        ppid: i === 0 ? 0 : 1,
        name,
        user,
        state: i % 12 === 1 ? "idle" : i === 40 ? "zombie" : i % 37 === 3 ? "running" : i % 53 === 5 ? "waiting" : "sleeping",
        cpu: 0,
        memory: i % 12 === 1 ? 0 : Math.round(Math.random() ** 4 * 900 * mib) + mib,
        threads: 1 + ((i * 5) % 31),
        command,
      };
    });
  }

  info(): SystemInfo {
    return {
      hostname: "bellevue",
      os: "Debian GNU/Linux 13",
      kernel: "6.12.48-amd64",
      cpuModel: "AMD Ryzen 7 7840U",
      cores: this.cores,
      memoryTotal: 32 * gib,
      bootTime: new Date(Date.now() - 273_000_000).toISOString(),
      runtime: ".NET 10.0.0",
      engine: "WebKitGTK 2.50.1",
      pid: 4711,
      user: "ada",
    };
  }

  sample(time: number): SystemSample {
    this.#loads.forEach((load, core) => {
      const target = (0.5 + 0.5 * Math.sin(time / (4000 + core * 1700) + core)) * (core % 3 === 0 ? 0.9 : 0.45);
      this.#loads[core] = clamp(load + (target - load) * 0.15 + (Math.random() - 0.5) * 0.12);
    });
    this.#read = Math.max(0, this.#read * 0.8 + (Math.random() > 0.93 ? Math.random() * 140 * mib : 0));
    this.#receive = Math.max(0, this.#receive * 0.9 + (Math.random() > 0.85 ? Math.random() * 3 * mib : 0));
    this.#received += this.#receive / 4;
    const used = (0.46 + 0.04 * Math.sin(time / 9000) + Math.random() * 0.004) * 32 * gib;
    return {
      time,
      cpu: { total: this.#loads.reduce((sum, load) => sum + load, 0) / this.cores, cores: [...this.#loads] },
      memory: {
        total: 32 * gib,
        used,
        available: 32 * gib - used,
        cached: 9.3 * gib,
        swapTotal: 8 * gib,
        swapUsed: 0.31 * gib,
      },
      disks: [
        { mount: "/", device: "nvme0n1p2", total: 480 * gib, used: 311 * gib, readRate: this.#read, writeRate: this.#read * 0.3 + Math.random() * mib },
        { mount: "/home", device: "nvme0n1p3", total: 1400 * gib, used: 620 * gib, readRate: this.#read * 0.2, writeRate: Math.random() * 2 * mib },
      ],
      network: [
        { name: "lo", receiveRate: 2048, sendRate: 2048, received: 40 * mib, sent: 40 * mib },
        { name: "wlp1s0", receiveRate: this.#receive, sendRate: this.#receive * 0.15 + Math.random() * 40_000, received: this.#received, sent: 0.4 * gib },
      ],
      load: [1.42, 1.1, 0.87],
      uptime: 273_000,
    };
  }

  processes(time: number): ProcessList {
    this.#processes.forEach((process, i) => {
      const busy = i % 12 === 10 ? 0.9 : i % 12 === 2 ? 0.3 : i % 29 === 7 ? 0.06 : 0;
      process.cpu = i < 60 ? Math.max(0, busy * (0.6 + 0.8 * Math.random())) : busy > 0.05 && Math.random() > 0.9 ? Math.random() * 0.05 : 0;
      process.memory = Math.round(process.memory * (1 + (Math.random() - 0.5) * 0.004));
    });
    return { time, processes: this.#processes.map(process => ({ ...process })) };
  }

  details(pid: number): ProcessDetails | null {
    const process = this.#processes.find(candidate => candidate.pid === pid);
    return process
      ? {
          pid,
          ppid: process.ppid,
          name: process.name,
          user: process.user,
          state: process.state,
          command: process.command,
          executable: process.command.startsWith("/") ? process.command.split(" ")[0]! : null,
          directory: "/home/ada",
          startTime: new Date(Date.now() - 7_300_000).toISOString(),
          threads: process.threads,
          memory: process.memory,
          virtualMemory: process.memory * 7,
          priority: 20,
          nice: 0,
          openFiles: process.user === "ada" ? 42 : null,
          cpuTime: 734.2,
        }
      : null;
  }
}

function clamp(share: number): number {
  return Math.max(0.01, Math.min(1, share));
}
