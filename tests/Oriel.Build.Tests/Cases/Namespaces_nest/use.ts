import { a, scans } from "./oriel";

export const c: Promise<number> = a.b.c();
export const d: Promise<string> = a.b.d({ x: 1 });
export const e: Promise<boolean> = a.e();

export async function paths(): Promise<string[]> {
  const paths: string[] = [];
  for await (const file of scans.walk({ root: "/data" })) {
    paths.push(file.path);
  }
  return paths;
}

// @ts-expect-error: there is no such command
a.b.f();
// @ts-expect-error: a namespace is no function
a.b();
