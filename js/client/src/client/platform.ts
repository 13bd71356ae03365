// The platform's functions as they are before any script of the page runs. Polyfills, zones, fake timers and prototypes that
// are patched by accident replace these; what a page does to the methods of strings, arrays, maps and promises reaches the client.
export const { parse, stringify } = JSON;
export const NativePromise = Promise;
export const NativeEvent = CustomEvent;
export const NativeStream = ReadableStream;
export const NativeBlob = Blob;
export const NativeBuffer = ArrayBuffer;
export const NativeBytes = Uint8Array;
export const { isView } = ArrayBuffer;
export const { isArray } = Array;
export const NativeException = DOMException;
export const now = performance.now.bind(performance);

const { setTimeout: start, clearTimeout: stop, reportError: tell, fetch: load } = globalThis;

export const startTimer = (run: () => void, milliseconds: number) => start(run, milliseconds);
export const stopTimer = (timer: ReturnType<typeof setTimeout> | undefined) => stop(timer);
export const nativeFetch = (url: string, options?: RequestInit) => load(url, options);
export const report = (error: unknown) => tell(error);
