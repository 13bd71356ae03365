export { App } from "./app.js";
export type { ConnectOptions, EventHandler } from "./app.js";
export type { Call, Handler } from "./answers.js";
export type { CallOptions, StreamOptions } from "./calls.js";
export { IpcError, IpcErrorCode } from "./errors.js";
