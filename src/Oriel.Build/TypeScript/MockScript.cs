namespace Oriel.Build;

/// <summary>The part of a mock that is the same for every application.</summary>
internal static class MockScript
{
    private const string Common = """

        /** A call that the page made. */
        export interface MockCall {
          readonly name: string;
          readonly args: unknown;
        }

        /** An event that the page emitted. */
        export interface MockEvent {
          readonly name: string;
          readonly data: unknown;
        }

        /** A stand-in for the application. */
        export interface Mock {
          /** Every call that the page has made, in order. */
          readonly calls: readonly MockCall[];
          /** Every event that the page has emitted, in order. */
          readonly emitted: readonly MockEvent[];
          /** Lets the page hear an event, as if the application had emitted it. */
          emit<K extends keyof MockEvents & string>(name: K, data: MockEvents[K]): void;
          /** Gives a state another value, as if the application had written it. */
          setState<K extends keyof MockStates & string>(key: K, value: MockStates[K]): void;
          /** Takes the stand-in away. */
          restore(): void;
        }

        /**
         * Puts a stand-in for the application into this page, until `restore` is called on it.
         * A call of a command without a handler rejects, and a state without a value throws, with an error that names it.
         */
        export function createMock(handlers: Partial<MockHandlers>, states: Partial<MockStates> = {}): Mock {
          const calls: MockCall[] = [];
          const emitted: MockEvent[] = [];
          const listeners = new Map<string, Set<(data: any) => void>>();
          const made = new Map<string, any>(Object.entries(states).map(([key, value]) => [key, mockState(value)]));

          const call = (name: string, args: unknown, options: { signal?: AbortSignal } = {}): any => {
            calls.push({ name, args });
            options.signal?.throwIfAborted();
            if (!Object.prototype.hasOwnProperty.call(handlers, name)) {
              throw new Error(`The mock has no handler for the command "${name}". Give createMock one: { "${name}": (args) => ... }`);
            }

            return (handlers as Record<string, (args: unknown, options: unknown) => unknown>)[name]!(args, options);
          };

          const listen = (name: string, handler: (data: any) => void) => {
            const handlersOfName = listeners.get(name) ?? new Set();
            listeners.set(name, handlersOfName.add(handler));
            return () => void handlersOfName.delete(handler);
          };
          const state = (key: string): any => {
            const found = made.get(key);
            if (!found) {
              throw new Error(`The mock has no state "${key}". Give createMock its value: { "${key}": ... }, behind the handlers.`);
            }

            return found;
          };

          const bridge = {
            invoke: async (name: string, args?: unknown, options?: any) => call(name, args, options),
            stream: async function* (name: string, args?: unknown, options?: any) {
              yield* call(name, args, options);
            },
            on: (name: string, handler: (data: any) => void) => listen(name, handler),
            once: (name: string, handler: (data: any) => void) => {
              const stop = listen(name, (data) => {
                stop();
                handler(data);
              });
              return stop;
            },
            off: (name: string, handler: (data: any) => void) => void listeners.get(name)?.delete(handler),
            emit: async (name: string, data?: unknown) => void emitted.push({ name, data }),
            state,
            ready: Promise.resolve(),
          };

        """;

    private const string InPage = """

          const before = Object.getOwnPropertyDescriptor(globalThis, "oriel");
          Object.defineProperty(globalThis, "oriel", { value: bridge, configurable: true, enumerable: true });
          const restore = () => {
            if (before) {
              Object.defineProperty(globalThis, "oriel", before);
            } else {
              delete (globalThis as { oriel?: unknown }).oriel;
            }
          };

        """;

    private const string InPackage = """

          setMock(bridge);
          const restore = () => setMock(undefined);

        """;

    private const string End = """

          return {
            calls,
            emitted,
            emit: (name, data) => [...(listeners.get(name) ?? [])].forEach((handler) => handler(data)),
            setState: (key, value) => void state(key).set(() => value),
            restore,
          };
        }

        """;

    private const string State = """

        function mockState(initial: unknown) {
          let value = initial;
          const handlers = new Set<(value: any) => void>();
          return {
            get: () => value,
            async set(next: unknown) {
              value = typeof next === "function" ? next(value) : next;
              handlers.forEach((handler) => handler(value));
            },
            subscribe(handler: (value: any) => void) {
              const own = (value: unknown) => handler(value);
              handlers.add(own);
              handler(value);
              return () => void handlers.delete(own);
            },
            get ready() {
              return Promise.resolve(value);
            },
            close() {},
          };
        }

        """;

    public static string For(ClientImport import) => (import == ClientImport.Package ? string.Concat(Common, InPackage, End) : string.Concat(Common, InPage, End, State)).Replace("\r\n", "\n");
}
