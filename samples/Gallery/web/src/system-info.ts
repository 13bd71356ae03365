import { system, type SystemInfo } from "./oriel";

let answer: Promise<SystemInfo> | undefined;

/** What the C# side says of the machine; asked for once. */
export function systemInfo(): Promise<SystemInfo> {
  answer ??= system.info();
  return answer;
}
