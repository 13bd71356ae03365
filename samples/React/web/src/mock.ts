import { states } from "./oriel";
import { createMock } from "./oriel.mock";

/** Stands in for the C# side in a browser. */
export function useMock(): void {
  createMock(
    {
      async clearDone() {
        const before = states.todos.get()!.items;
        const left = before.filter((item) => !item.isDone);
        await states.todos.set({ items: left });
        return before.length - left.length;
      },
      *findFiles() {
        yield { path: "/home/ada/notes.txt", name: "notes.txt", bytes: 1_024 };
      },
      openWindow() {
        throw new Error("A browser has one window of this page.");
      },
    },
    { todos: { items: [{ id: "1", text: "Open this page in a window of Oriel", isDone: false }] }, windows: 1 },
  );
}
