// Uses the page as a person would, in a real browser, and checks what it does.
// `npm run build && npm run behaviour`; the environment variable CHROMIUM names another browser.
import assert from "node:assert/strict";
import { startBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const server = await serve();
const browser = await startBrowser();
const run = expression => browser.evaluate(expression);
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const text = selector => run(`document.querySelector(${JSON.stringify(selector)}).textContent`);
const firstRow = grid => `document.querySelector('.${grid} .grid-body .grid-row:not([hidden])')`;
const openPage = async (address, waitFor, options) => {
  await browser.open(`${server.address}/${address}`, options);
  await browser.until(waitFor);
};

const checks = {
  async "A thousand processes a second leave the page responsive, and scroll and selection where they were"() {
    await openPage("?processes=1000#monitor", firstRow("process-grid"));
    await run("document.querySelector('.process-grid').focus()");
    await browser.press("ArrowDown");
    await browser.press("PageDown");
    const selected = () =>
      run("document.querySelector('.process-grid [aria-selected=true] [data-column=pid]')?.textContent");
    await run("[...document.querySelectorAll('.process-grid button')].find(b => b.textContent === 'PID').click()");
    await browser.press("End");
    await run("document.querySelector('.process-grid').focus()");
    await browser.press("End");
    await pause(100);
    const pid = await selected();
    const top = await run("document.querySelector('.process-grid').scrollTop");
    const longest = await run(`new Promise(resolve => {
      let longest = 0, last = performance.now(), end = last + 4000;
      const timer = setInterval(() => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
        if (now > end) { clearInterval(timer); resolve(longest); }
      }, 5);
    })`);
    assert.equal(await selected(), pid);
    assert.equal(await run("document.querySelector('.process-grid').scrollTop"), top);
    assert.ok((await run("document.querySelectorAll('.process-grid .grid-row').length")) < 80);
    assert.ok(longest < 200, `the page stood still for ${longest} ms`);
    return `longest pause ${longest.toFixed(0)} ms, PID ${pid} stays selected`;
  },

  async "No frame is asked for while nothing comes in"() {
    await openPage("#monitor", firstRow("process-grid"));
    await run("[...document.querySelectorAll('.actions button')].find(b => b.textContent === 'Pause').click()");
    await pause(300);
    const frames = await run(`new Promise(resolve => {
      const native = window.requestAnimationFrame;
      let count = 0;
      window.requestAnimationFrame = work => (count++, native(work));
      setTimeout(() => { window.requestAnimationFrame = native; resolve(count); }, 1500);
    })`);
    assert.equal(frames, 0);
  },

  async "The details of the selected process are shown and closed by Escape"() {
    await openPage("#monitor", firstRow("process-grid"));
    await run("document.querySelector('.process-grid').focus()");
    await browser.press("ArrowDown");
    await browser.until("!document.querySelector('.process-details').hidden");
    await browser.until("document.querySelector('.process-details .facts dd').textContent !== '–'");
    assert.ok(await run("document.querySelector('.process-grid').hasAttribute('aria-activedescendant')"));
    await browser.press("Escape");
    await browser.until("document.querySelector('.process-details').hidden");
  },

  async "Folders are opened by keyboard, and Backspace leads back up"() {
    await openPage("?path=/home/ada#files", firstRow("file-grid"));
    const here = () => text(".crumb[aria-current]");
    await run("document.querySelector('.file-grid').focus()");
    await browser.press("ArrowDown");
    await browser.press("Enter");
    await browser.until("document.querySelector('.crumb[aria-current]').textContent === 'Documents'");
    assert.equal(await text(".file-grid .grid-empty"), "This folder is empty.");
    await browser.press("Backspace");
    await browser.until("document.querySelector('.crumb[aria-current]').textContent === 'ada'");
    await browser.press("ArrowLeft", "ArrowLeft", 1);
    await browser.until("document.querySelector('.crumb[aria-current]').textContent === 'Documents'");
    return await here();
  },

  async "A name that looks like HTML is text"() {
    await openPage("?path=/home/ada#files", firstRow("file-grid"));
    assert.equal(await run("document.querySelectorAll('.file-grid img').length"), 0);
  },

  async "A call that runs can be cancelled"() {
    await openPage("#bridge", "document.querySelector('[data-command=sleep]')");
    await run("document.querySelector('[data-command=sleep]').click()");
    await run("document.querySelector('.call-form .primary').click()");
    await browser.until("document.querySelector('.state').textContent === 'Running'");
    await run("[...document.querySelectorAll('.call-actions button')].find(b => b.textContent === 'Cancel').click()");
    await browser.until("document.querySelector('.state').textContent === 'Cancelled'");
  },

  async "Arguments that are no JSON cannot be sent"() {
    await openPage("#bridge", "document.querySelector('[data-command=add]')");
    await run("document.querySelector('[data-command=add]').click()");
    await run(`(() => { const editor = document.querySelector('#call-arguments'); editor.value = '{'; editor.dispatchEvent(new Event('input')); })()`);
    assert.equal(await run("document.querySelector('.call-form .primary').disabled"), true);
    return await text(".call-form .field-problem");
  },

  async "The log holds 500 events at most"() {
    await openPage("#events", "document.querySelector('.burst-rate')");
    await run("document.querySelector('.burst-result').previousElementSibling.requestSubmit()");
    await browser.until("document.querySelector('.event-card progress').value === 1 && document.querySelector('.event-card [role=status]').textContent.includes('C# sent')");
    assert.equal(await run("document.querySelector('.log-grid').getAttribute('aria-rowcount')"), "501");
    return await text(".burst-rate");
  },

  async "The address decides the theme, and a choice is kept"() {
    const theme = () => run("getComputedStyle(document.documentElement).backgroundColor");
    await openPage("?theme=dark#monitor", "document.body", { scheme: "light" });
    const dark = await theme();
    await openPage("#monitor", "document.body", { scheme: "dark" });
    assert.equal(await theme(), dark);
    await run("document.querySelector('input[value=light]').click()");
    const light = await theme();
    assert.notEqual(light, dark);
    await openPage("#monitor", "document.body", { scheme: "dark" });
    assert.equal(await theme(), light);
    await run("document.querySelector('input[value=auto]').click()");
    assert.equal(await theme(), dark);
  },

  async "Nothing is wider than a small window"() {
    const wide = [];
    for (const page of ["monitor", "files", "bridge", "events", "backend"]) {
      await openPage(`#${page}`, "document.querySelector('.page:not([hidden])')", { width: 700, height: 500 });
      if (await run("document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth")) {
        wide.push(page);
      }
    }

    assert.deepEqual(wide, []);
  },
};

try {
  for (const [name, check] of Object.entries(checks)) {
    try {
      const note = await check();
      assert.deepEqual(browser.complaints, []);
      console.log(`ok    ${name}${note ? ` (${note})` : ""}`);
    } catch (error) {
      process.exitCode = 1;
      browser.complaints.length = 0;
      console.log(`FAIL  ${name}\n      ${error.message}`);
    }
  }
} finally {
  await browser.close();
  server.close();
}
