import { useOrielState } from "@oriel/client/react";
import { FileSearch } from "./FileSearch";
import { openWindow, states } from "./oriel";
import { Todos } from "./Todos";

export function App() {
  const [windows] = useOrielState(states.windows);

  return (
    <>
      <header>
        <h1>To do</h1>
        <span id="windows">{windows === 1 ? "in one window" : `in ${windows ?? 0} windows`}</span>
        <button id="open" onClick={() => void openWindow()}>
          New window
        </button>
      </header>
      <main>
        <Todos />
        <FileSearch />
      </main>
    </>
  );
}
