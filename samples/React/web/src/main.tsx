import { isOriel } from "@oriel/client";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./style.css";

// `npm run dev` shows the page in a browser, with answers of its own.
if (import.meta.env.DEV && !isOriel()) {
  const { useMock } = await import("./mock");
  useMock();
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
