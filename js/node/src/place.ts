import { lstat, realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { IpcError, IpcErrorCode } from "./errors.js";

/** Where the other side is: a socket's path, a Windows pipe's full name, or this process's standard streams. */
export type Place = { kind: "socket"; path: string } | { kind: "stdio" };

type Environment = Record<string, string | undefined>;

const NamePattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;
const MaxPathBytes = 107;
const MaxShown = 120;

/**
 * Finds the channel that the environment names: Oriel's own variables first, since a process of ours may run inside one that
 * AuroraView started. A variable whose value is no use is an error that names it; it is never skipped.
 */
export function locate(environment: Environment = process.env, platform: string = process.platform): Place {
  const place =
    locateBy("ORIEL", (channel) => resolve(channel, environment, platform), environment) ??
    locateBy("AURORAVIEW", (channel) => resolveAuroraView(channel, platform), environment);
  if (place) {
    return place;
  }

  throw new IpcError(
    IpcErrorCode.Disconnected,
    "No channel is named: neither ORIEL_IPC_CHANNEL nor AURORAVIEW_IPC_CHANNEL is set. Let Oriel start this program, or name a channel.",
  );
}

function locateBy(prefix: string, resolveChannel: (channel: string) => Place, environment: Environment): Place | undefined {
  const modeVariable = `${prefix}_IPC_MODE`;
  const channelVariable = `${prefix}_IPC_CHANNEL`;
  const mode = environment[modeVariable];
  if (mode === "legacy") {
    return { kind: "stdio" };
  }

  if (mode !== undefined && mode !== "channel") {
    throw invalid(modeVariable, mode, `It is "legacy" for standard input and output, "channel" for the socket that ${channelVariable} names, or not set.`);
  }

  const channel = environment[channelVariable];
  if (channel === undefined) {
    return undefined;
  }

  if (channel === "" || /[\0-\x1f]/.test(channel)) {
    throw invalid(channelVariable, channel, "It is empty or has control characters; it names a channel, or is not set.");
  }

  try {
    return resolveChannel(channel);
  } catch (error) {
    throw invalid(channelVariable, channel, channel.length > 4 * MaxShown ? "It is too long." : (error as Error).message);
  }
}

function resolveAuroraView(name: string, platform: string): Place {
  const root = platform === "win32" ? "\\\\.\\pipe\\auroraview_" : "/tmp/auroraview_";
  return { kind: "socket", path: root + checkName(name) };
}

function invalid(variable: string, value: string, why: string): IpcError {
  const shown = value.length > MaxShown ? `${value.slice(0, MaxShown)}... (${value.length} characters)` : value;
  return new IpcError(IpcErrorCode.InvalidParams, `${variable} is ${JSON.stringify(shown)}, which is no use. ${why}`);
}

/** Turns a channel's name, or its absolute path, into a place. */
export function resolve(channel: string, environment: Environment = process.env, platform: string = process.platform): Place {
  if (isPlace(channel, platform)) {
    if (platform !== "win32" && Buffer.byteLength(channel) > MaxPathBytes) {
      throw new IpcError(IpcErrorCode.InvalidParams, `The path of a socket has at most ${MaxPathBytes} bytes; "${channel}" has ${Buffer.byteLength(channel)}.`);
    }

    return { kind: "socket", path: channel };
  }

  const name = checkName(channel);
  if (platform === "win32") {
    return { kind: "socket", path: `\\\\.\\pipe\\oriel_${name}` };
  }

  const folder = environment.XDG_RUNTIME_DIR?.startsWith("/") ? `${environment.XDG_RUNTIME_DIR}/oriel` : `/tmp/oriel-${process.getuid!()}`;
  return resolve(`${folder}/${name}.sock`, environment, platform);
}

/**
 * Gives the path to connect to, once it is sure that the socket is this user's: Node cannot ask a connection who is at its other
 * end, but nobody else can put a socket that is owned by this user there. Links are followed first, so that what was looked
 * at is what is connected to.
 */
export async function checkOwner(path: string): Promise<string> {
  if (process.platform === "win32") {
    return path;
  }

  const real = await realpath(path).catch(() => {
    throw new IpcError(IpcErrorCode.Disconnected, `There is no socket "${path}". Is the program that listens there running?`);
  });
  const user = process.getuid!();
  const socket = await lstat(real);
  if (!socket.isSocket()) {
    throw new IpcError(IpcErrorCode.Disconnected, `"${real}" is not a socket.`);
  }

  const folder = await lstat(dirname(real));
  const isReplaceable = (folder.mode & 0o022) !== 0 && (folder.mode & 0o1000) === 0;
  if (socket.uid !== user || (folder.uid !== user && folder.uid !== 0) || isReplaceable) {
    throw new IpcError(IpcErrorCode.Denied, `The socket "${real}" belongs to another user, or lies in a folder where others can replace it.`);
  }

  return real;
}

function isPlace(channel: string, platform: string): boolean {
  return platform === "win32" ? channel.startsWith("\\\\.\\pipe\\") : channel.startsWith("/");
}

function checkName(name: string): string {
  if (!NamePattern.test(name)) {
    throw new IpcError(IpcErrorCode.InvalidParams, `"${name.slice(0, 80)}" cannot name a channel: 1 to 64 letters, digits, ".", "_" and "-", with no dot in front, or an absolute path.`);
  }

  return name;
}
