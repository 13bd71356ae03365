import { mockState, setMock, type OrielState } from "@oriel/client";
import type { FoundFile, TodoList } from "./oriel";

/** Stands in for the C# side in a browser. */
export function useMock(): void {
  const todos = mockState<TodoList>({ items: [{ id: "1", text: "Open this page in a window of Oriel", isDone: false }] });
  const states: Record<string, OrielState<any>> = { todos, windows: mockState(1) };

  setMock({
    state: (key) => states[key]!,
    async invoke(name) {
      if (name === "clearDone") {
        const before = todos.get()!.items;
        await todos.set({ items: before.filter((item) => !item.isDone) });
        return before.length - todos.get()!.items.length;
      }
    },
    *stream(): Iterable<FoundFile> {
      yield { path: "/home/ada/notes.txt", name: "notes.txt", bytes: 1_024 };
    },
  });
}
