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

        /** A stand-in for the application. */
        export interface Mock {
          /** Every call that the page has made, in order. */
          readonly calls: readonly MockCall[];
          /** Lets the page hear an event, as if the application had emitted it. */
          emit<K extends keyof MockEvents & string>(name: K, data: MockEvents[K]): void;
          /** Gives a state another value, as if the application had written it. */
          setState<K extends keyof MockStates & string>(key: K, value: MockStates[K]): void;
          /** Takes the stand-in away. */
          restore(): void;
        }

        /**
         * Puts a stand-in for the application into this page, until `restore` is called on it.
         * A call of a command without a handler rejects with an error that names the command.
         */
        export function createMock(handlers: Partial<MockHandlers>, states: Partial<MockStates> = {}): Mock {
          const calls: MockCall[] = [];
          const listeners = new Map<string, Set<(data: any) => void>>();
          const values = new Map<string, unknown>(Object.entries(states));

          const call = (name: string, args: unknown, options: { signal?: AbortSignal } = {}): any => {
            calls.push({ name, args });
            options.signal?.throwIfAborted();
            if (!Object.prototype.hasOwnProperty.call(handlers, name)) {
              throw new Error(`The mock has no handler for the command "${name}". Give createMock one: { "${name}": (args) => ... }`);
            }

            return (handlers as Record<string, (args: unknown, options: unknown) => unknown>)[name]!(args, options);
          };

          const listen = (topic: string, handler: (data: any) => void) => {
            const handlersOfTopic = listeners.get(topic) ?? new Set();
            listeners.set(topic, handlersOfTopic.add(handler));
            return () => void handlersOfTopic.delete(handler);
          };
          const tell = (topic: string, data: unknown) => [...(listeners.get(topic) ?? [])].forEach((handler) => handler(data));
          const write = (key: string, value: unknown) => {
            values.set(key, value);
            tell(`state ${key}`, value);
          };

          const bridge = {
            invoke: async (name: string, args?: unknown, options?: any) => call(name, args, options),
            stream: async function* (name: string, args?: unknown, options?: any) {
              yield* call(name, args, options);
            },
            on: (name: string, handler: (data: any) => void) => listen(`event ${name}`, handler),
            once: (name: string, handler: (data: any) => void) => {
              const stop = listen(`event ${name}`, (data) => {
                stop();
                handler(data);
              });
              return stop;
            },
            off: (name: string, handler: (data: any) => void) => void listeners.get(`event ${name}`)?.delete(handler),
            emit: async (_name: string, _data?: unknown) => {},
            state: (key: string): any => ({
              get: () => values.get(key),
              set: async (value: unknown) => write(key, typeof value === "function" ? value(values.get(key)) : value),
              subscribe: (handler: (value: any) => void) => listen(`state ${key}`, handler),
              ready: Promise.resolve(),
              close: () => {},
            }),
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
            emit: (name, data) => tell(`event ${name}`, data),
            setState: (key, value) => write(key, value),
            restore,
          };
        }

        """;

    public static string For(ClientImport import) => string.Concat(Common, import == ClientImport.Package ? InPackage : InPage, End).Replace("\r\n", "\n");
}
