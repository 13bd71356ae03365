import { useOrielState } from "@oriel/client/react";
import { useEffect, useState } from "react";
import { findFiles, states, type FoundFile } from "./oriel";

const MaxShown = 100;

export function FileSearch() {
  const [, todos] = useOrielState(states.todos);
  const [text, setText] = useState("");
  const [files, setFiles] = useState<FoundFile[]>([]);
  const [status, setStatus] = useState("");

  useEffect(() => {
    setFiles([]);
    setStatus(text ? "Searching" : "");
    if (!text) {
      return;
    }

    // The next text, or the end of the component, ends the search in C#.
    const abort = new AbortController();
    void search(text, abort.signal, setFiles).then(
      (status) => setStatus(status),
      (error: Error) => abort.signal.aborted || setStatus(error.message),
    );
    return () => abort.abort();
  }, [text]);

  const add = ({ path, name }: FoundFile) =>
    void todos.set((list) => ({ items: [...list.items, { id: crypto.randomUUID(), text: `Read ${name}`, isDone: false }] })).catch((error: Error) => setStatus(`${path}: ${error.message}`));

  return (
    <section aria-label="Files">
      <input id="search" type="search" value={text} onChange={(event) => setText(event.target.value)} placeholder="Find a file to read" aria-label="Find a file to read" />
      <ul id="files">
        {files.map((file) => (
          <li key={file.path}>
            <span title={file.path}>{file.name}</span>
            <small>{file.bytes.toLocaleString("en")} bytes</small>
            <button className="quiet" onClick={() => add(file)}>
              Add
            </button>
          </li>
        ))}
      </ul>
      <p id="found" role="status">{status}</p>
    </section>
  );
}

// Leaving the loop ends the search, too: what is not shown is not looked for.
async function search(text: string, signal: AbortSignal, show: (files: FoundFile[]) => void): Promise<string> {
  const found: FoundFile[] = [];
  for await (const file of findFiles({ text }, { signal })) {
    found.push(file);
    show([...found]);
    if (found.length === MaxShown) {
      return `The first ${MaxShown} files.`;
    }
  }

  return found.length === 1 ? "1 file." : `${found.length} files.`;
}
