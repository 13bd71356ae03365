/** The values of a stream, in the place of its bytes. */
export function values<T>(stream: ReadableStream<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () => {
      const reader = stream.getReader();
      return {
        next: async () => {
          const { value, done } = await reader.read();
          return done ? { value: undefined, done } : { value, done };
        },
        // Not by a generator: its end would wait for a read that may never come.
        return: async () => {
          await reader.cancel();
          return { value: undefined, done: true };
        },
      };
    },
  };
}
