/** One folder on the way to a path. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** The folders from the root to a path, which is absolute: "/usr/bin" or "C:\Users". */
export function crumbsOf(path: string): Crumb[] {
  const [drive, ...folders] = segmentsOf(path);
  const separator = drive === "" ? "/" : "\\";
  const crumbs: Crumb[] = [{ name: drive || "/", path: `${drive}${separator}` }];
  for (const name of folders) {
    const parent = crumbs.at(-1)!.path;
    crumbs.push({ name, path: parent.endsWith(separator) ? parent + name : parent + separator + name });
  }

  return crumbs;
}

/** The address at which the application serves a file of the machine. */
export function fileAddress(path: string): string {
  const [drive, ...names] = segmentsOf(path);
  const segments = drive ? [drive, ...names] : names;
  return `files://local/${segments.map(encodeURIComponent).join("/")}`;
}

/** The drive ("" where there are none), then the names. */
function segmentsOf(path: string): [drive: string, ...names: string[]] {
  // A backslash separates only after a drive; elsewhere it is part of a name.
  const drive = /^[A-Za-z]:/.exec(path)?.[0] ?? "";
  const names = path.slice(drive.length).split(drive ? /[\\/]/ : "/").filter(Boolean);
  return [drive, ...names];
}
