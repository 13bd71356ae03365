import { useOrielState } from "@oriel/client/react";
import { useState, type FormEvent } from "react";
import { clearDone, states, type TodoItem } from "./oriel";

export function Todos() {
  const [todos, state] = useOrielState(states.todos);
  const [text, setText] = useState("");
  const [message, setMessage] = useState("");
  const items = todos?.items ?? [];
  const left = items.filter((item) => !item.isDone).length;

  // A function is run anew when another window was faster: no click is lost.
  const change = (make: (items: TodoItem[]) => TodoItem[]) =>
    state.set((list) => ({ items: make(list.items) })).then(() => setMessage(""), (error: Error) => setMessage(error.message));

  const add = (event: FormEvent) => {
    event.preventDefault();
    const item = { id: crypto.randomUUID(), text: text.trim(), isDone: false };
    void change((items) => [...items, item]);
    setText("");
  };

  return (
    <section aria-label="List">
      <form onSubmit={add}>
        <input id="text" value={text} onChange={(event) => setText(event.target.value)} placeholder="What is to be done?" aria-label="What is to be done?" />
        <button disabled={text.trim() === ""}>Add</button>
      </form>
      <ul id="todos">
        {items.map(({ id, text, isDone }) => (
          <li key={id} className={isDone ? "done" : undefined}>
            <label>
              <input type="checkbox" checked={isDone} onChange={() => void change((items) => items.map((item) => (item.id === id ? { ...item, isDone: !isDone } : item)))} />
              <span>{text}</span>
            </label>
            <button className="quiet" aria-label={`Remove ${text}`} onClick={() => void change((items) => items.filter((item) => item.id !== id))}>
              ×
            </button>
          </li>
        ))}
      </ul>
      {todos && items.length === 0 && <p className="empty">Nothing to do.</p>}
      <footer>
        <span id="left">{left === 1 ? "1 left" : `${left} left`}</span>
        <button id="clear" className="quiet" disabled={left === items.length} onClick={() => void clearDone().then((count) => setMessage(`${count} removed.`))}>
          Clear done
        </button>
        <span id="message" role="status">{message}</span>
      </footer>
    </section>
  );
}
