// The same work as the floor's page does (bench/floor/floor.c), through window.oriel.
const [mode, sizeText, countText, inFlightText] = location.hash.slice(1).split(',');
const size = Number(sizeText), count = Number(countText), inFlight = Number(inFlightText || 1);
const warm = Math.ceil(count / 5);
const block = 100; // calls of one kind before the other's turn
const chunk = 64 * 1024; // what a file or a fetch gives a page at a time

const pattern = '{"id":17,"name":"floor","tags":["a","b"]},';
const payload = ['up', 'down', 'streamup', 'streamdown'].includes(mode) ? '' : pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size);
const tell = (text) => oriel.invoke('control', text);
const expect = (isTrue, otherwise) => { if (!isTrue) throw new Error(otherwise); };

async function repeat(times, lanes, step) {
  let left = times;
  const lane = async () => { while (left-- > 0) await step(); };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function measure(step, lanes = 1, times = count) {
  await repeat(warm, lanes, step);
  await tell('start');
  await repeat(times, lanes, step);
  await tell('done');
}

async function echo() {
  const reply = await oriel.invoke('echo', payload);
  expect(reply.length === size, 'the echo has another length');
}

const body = mode === 'up' ? new Uint8Array(size).fill(7).buffer : null;
async function upload() {
  const response = await fetch('bench://app/sink', { method: 'POST', body });
  expect(response.ok && (await response.arrayBuffer()).byteLength === 0, 'the upload failed');
}

async function download() {
  const response = await fetch('bench://app/blob', { cache: 'no-store' });
  expect((await response.arrayBuffer()).byteLength === size, 'the download has another length');
}

function listen() {
  let seen = 0;
  oriel.on('item', (data) => {
    expect(data.length === size, 'an event has another length');
    seen++;
    if (seen === warm) tell('start');
    if (seen === warm + count) tell('done');
  });
  tell('ready');
}

// Raw calls and those of generated code, a block of each in turn.
async function compare() {
  const typed = async () => expect((await oriel.invoke('typed', { text: payload })).length === size, 'the answer has another length');
  await repeat(warm, 1, typed);
  await repeat(warm, 1, echo);
  await tell('start');
  for (let done = 0; done < count; done += block) {
    for (const step of (done / block) % 2 ? [typed, echo] : [echo, typed]) {
      await tell('turn');
      await repeat(Math.min(block, count - done) + 1, 1, step);
    }
  }

  await tell('done');
}

async function readItems(number) {
  let seen = 0;
  for await (const item of oriel.stream('items', { count: number })) {
    expect(item.length === size, 'an item has another length');
    seen++;
  }

  expect(seen === number, 'there were more or fewer items');
}

async function readStream(total) {
  const reader = (await oriel.invoke('film', { length: total }, { timeout: 0 })).getReader();
  let seen = 0;
  for (let part; !(part = await reader.read()).done;) seen += part.value.length;
  expect(seen === total, 'the stream has another length');
}

async function writeStream(total) {
  const part = new Uint8Array(chunk).fill(7);
  let left = total;
  const content = new ReadableStream({
    pull(controller) {
      const length = Math.min(chunk, left);
      left -= length;
      if (length > 0) controller.enqueue(part.subarray(0, length));
      else controller.close();
    },
  });
  expect(await oriel.invoke('save', { content }, { timeout: 0 }) === total, 'another number of bytes arrived');
}

// One warm-up and one run, each a stream.
async function measureWhole(step, unit = 1) {
  await tell('ready');
  await step(warm * unit);
  await tell('start');
  await step(count * unit);
  await tell('done');
}

// A state and a raw event change the same text, one behind the other.
async function show() {
  const text = document.querySelector('h1');
  const change = (number) => {
    text.textContent = number;
    oriel.invoke('seen', number);
  };
  const shown = oriel.state('shown');
  shown.subscribe((value) => { if (value.count > 0) change(value.count); });
  oriel.on('shown-raw', (value) => change(value.count));
  await shown.ready;
  await tell('start');
  await tell('ready');
}

async function run() {
  switch (mode) {
    case 'invoke': await measure(echo, 1, count + 1); break;
    case 'rate': await measure(echo, inFlight); break;
    case 'up': await measure(upload); break;
    case 'down': await measure(download); break;
    case 'events': listen(); break;
    case 'typed': await compare(); break;
    case 'items': await measureWhole(readItems); break;
    case 'streamdown': await measureWhole(readStream, size); break;
    case 'streamup': await measureWhole(writeStream, size); break;
    case 'state': await show(); break;
  }
}

addEventListener('load', () => setTimeout(() => run().catch((error) => oriel.invoke('failed', String(error))), 500));
