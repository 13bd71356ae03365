// Takes pictures of every page in both themes into shots/, and reports what the page complained of.
// `npm run build && npm run shots [name ...]`; the environment variable CHROMIUM names another browser.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const folder = fileURLToPath(new URL("../shots", import.meta.url));
const wanted = process.argv.slice(2);

const rows = grid => `document.querySelector(".${grid} .grid-body .grid-row:not([hidden])")`;
const press = selector =>
  `document.querySelector(${JSON.stringify(selector)}).dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, clientY: document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().top + 5 }))`;
const pressText = (grid, text) => `(() => {
  const row = [...document.querySelectorAll('.${grid} .grid-body .grid-row')].find(row => row.textContent.includes(${JSON.stringify(text)}));
  row.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, clientY: row.getBoundingClientRect().top + 5 }));
})()`;
const click = selector => `document.querySelector(${JSON.stringify(selector)}).click()`;
const quick = name => `[...document.querySelectorAll('.chip')].find(chip => chip.textContent === ${JSON.stringify(name)}).click()`;
const byHand = click("input[value=hand]");
const pause = milliseconds => `new Promise(resolve => setTimeout(resolve, ${milliseconds}))`;

const scenes = {
  monitor: { address: "#monitor", steps: [pause(600)] },
  "monitor-details": { address: "#monitor", steps: [rows("process-grid"), press(".process-grid .grid-body .grid-row:nth-child(3)"), pause(2500)] },
  files: { address: "#files", steps: [rows("file-grid")] },
  "files-image": { address: "?path=/home/ada/Samples#files", steps: [rows("file-grid"), pressText("file-grid", "gradient.svg"), pause(300)] },
  "files-text": { address: "?path=/home/ada#files", steps: [rows("file-grid"), pressText("file-grid", "chapter 2"), pause(300)] },
  "files-audio": { address: "?path=/home/ada/Samples#files", steps: [rows("file-grid"), pressText("file-grid", "tone.wav"), pause(500)] },
  "files-error": { address: "?path=/root#files", steps: [pause(300)] },
  tour: { address: "#bridge", steps: [pause(300), click("[data-tour=progress] button"), click("[data-tour=vault] button"), pause(1500)] },
  "tour-small": { address: "#bridge", size: [700, 500], steps: [pause(300)] },
  bridge: { address: "#bridge", steps: [byHand, "document.querySelector('.command')", quick("add"), quick("reverseArray"), pause(100), quick("echo"), pause(200)] },
  "bridge-error": { address: "#bridge", steps: [byHand, "document.querySelector('.command')", click("[data-command=fail]"), click(".call-form .primary"), pause(300)] },
  "bridge-stream": { address: "#bridge", steps: [byHand, "document.querySelector('.command')", click("[data-command=count]"), click(".call-form .primary"), pause(600)] },
  events: {
    address: "#events",
    steps: [click(".switch"), click("button[value=emit]"), pause(50), click("button[value=dispatch]"), pause(2300), click(".event-form .primary[type=submit]:not([value])"), pause(1500), click("button[value=emit]"), pause(100)],
  },
  backend: { address: "#backend", steps: [pause(300), click("[data-function=frames]"), click(".latency-card button"), pause(4000)] },
  "backend-small": { address: "#backend", size: [700, 500], steps: [pause(300)] },
  "monitor-small": { address: "#monitor", size: [700, 500], steps: [pause(600)] },
  "files-small": { address: "?path=/home/ada/Samples#files", size: [700, 500], steps: [rows("file-grid"), pressText("file-grid", "gradient.svg"), pause(300)] },
  "bridge-small": { address: "#bridge", size: [700, 500], steps: [byHand, "document.querySelector('.command')", quick("echo"), pause(200)] },
  "events-small": { address: "#events", size: [700, 500], steps: [click("button[value=emit]"), pause(200)] },
};

await mkdir(folder, { recursive: true });
const server = await serve();
const browser = await startBrowser();
try {
  for (const [name, { address, size = [1280, 800], steps }] of Object.entries(scenes)) {
    for (const scheme of ["light", "dark"]) {
      const shot = `${name}-${scheme}`;
      if (wanted.length > 0 && !wanted.some(prefix => shot.startsWith(prefix))) {
        continue;
      }

      await browser.open(`${server.address}/${address}`, { width: size[0], height: size[1], scheme });
      await browser.evaluate(pause(400));
      for (const step of steps) {
        // What looks for an element waits for it; anything else is done.
        await (/^document\.querySelector\(("[^"]*"|'[^']*')\)$/.test(step) ? browser.until(step) : browser.evaluate(step));
      }

      await browser.screenshot(`${folder}/${shot}.png`);
      console.log(shot, ...browser.complaints.splice(0));
    }
  }
} finally {
  await browser.close();
  server.close();
}
