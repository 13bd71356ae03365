import { defineConfig } from "vite";

export default defineConfig({
  esbuild: { jsx: "automatic" },
  // The client is linked from its own folder here, which has a React of its own for its tests.
  resolve: { dedupe: ["react", "react-dom"] },
  // The engine is the system's WebKit.
  build: { target: "safari16", modulePreload: false },
});
