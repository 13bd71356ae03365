import type { SystemInfo } from "./contract";

let answer: Promise<SystemInfo> | undefined;

/** What the C# side says of the machine; asked for once. */
export function systemInfo(): Promise<SystemInfo> {
  answer ??= oriel.invoke<SystemInfo>("system.info");
  return answer;
}
