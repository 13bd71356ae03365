// Does to the page what a person would, the same for the components' and for the one that is written by hand. C# has the clock, whose ticks are finer.
const [mode, countText] = location.hash.slice(1).split(',');
const count = Number(countText);
const idleSeconds = 3;
const bookIsShown = '.book-main h1';

let loaded = 0;
addEventListener('DOMContentLoaded', () => { loaded = performance.now(); }, { capture: true, once: true });

const tell = (name, value) => oriel.invoke(name, value, { timeout: 0 });
const expect = (isTrue, otherwise) => { if (!isTrue) throw new Error(otherwise); };

// As soon as the document has it, before it is painted.
function appears(selector) {
  return new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (found) {
        observer.disconnect();
        resolve(found);
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
    look();
  });
}

// Each step begins where the one before has changed the text.
function repeat(watched, step) {
  return new Promise((resolve) => {
    let done = 0;
    const next = () => {
      if (done === count) {
        observer.disconnect();
        resolve();
      } else {
        step(++done);
      }
    };
    const observer = new MutationObserver(next);
    observer.observe(watched, { childList: true, characterData: true, subtree: true });
    next();
  });
}

async function click() {
  const button = await appears('button');
  const status = document.querySelector('[role=status]');
  await repeat(status, () => button.click());
  expect(status.textContent === `Clicked ${count} times`, `the page shows "${status.textContent}"`);
  await tell('done');
}

async function typing() {
  const input = await appears('input');
  const status = document.querySelector('[role=status]');
  const textOf = (number) => `typed ${number}`;
  await repeat(status, (number) => {
    input.value = textOf(number);
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  expect(status.textContent === textOf(count), `the page shows "${status.textContent}"`);
  await tell('done');
}

// Frames that the page is given meanwhile, in a second.
async function framesWhile(work) {
  let frames = 0;
  let isOver = false;
  const frame = () => {
    frames++;
    if (!isOver) requestAnimationFrame(frame);
  };
  await new Promise(requestAnimationFrame);
  const began = performance.now();
  requestAnimationFrame(frame);
  await work;
  isOver = true;
  return frames * 1000 / (performance.now() - began);
}

async function updates() {
  const status = await appears('[role=status]');
  const idle = await framesWhile(new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000)));
  let shown = 0;
  new MutationObserver(() => { shown++; }).observe(status, { childList: true, characterData: true, subtree: true });
  let last = 0;
  const fps = await framesWhile(tell('write').then((number) => { last = number; }));
  const perSecond = shown / count;
  while (status.textContent !== String(last)) await new Promise(requestAnimationFrame);
  await tell('done', { fps, idle, shown: perSecond });
}

async function render() {
  await appears(bookIsShown);
  await tell('done', performance.now() - loaded);
}

async function markup() {
  await appears(bookIsShown);
  await tell('done', document.body.innerHTML);
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 500));

async function run() {
  switch (mode) {
    case 'click': await settled(); await click(); break;
    case 'typing': await settled(); await typing(); break;
    case 'updates': await settled(); await updates(); break;
    case 'render': await render(); break;
    case 'markup': await markup(); break;
  }
}

run().catch((error) => oriel.invoke('failed', String(error)));
