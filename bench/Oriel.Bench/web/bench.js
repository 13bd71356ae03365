// The same work as the floor's page does (bench/floor/floor.c), through window.oriel.
const [mode, sizeText, countText, inFlightText] = location.hash.slice(1).split(',');
const size = Number(sizeText), count = Number(countText), inFlight = Number(inFlightText || 1);
const warm = Math.ceil(count / 5);

const pattern = '{"id":17,"name":"floor","tags":["a","b"]},';
const payload = mode === 'up' || mode === 'down' ? '' : pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size);
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

async function run() {
  switch (mode) {
    case 'invoke': await measure(echo, 1, count + 1); break;
    case 'rate': await measure(echo, inFlight); break;
    case 'up': await measure(upload); break;
    case 'down': await measure(download); break;
    case 'events': listen(); break;
  }
}

addEventListener('load', () => setTimeout(() => run().catch((error) => oriel.invoke('failed', String(error))), 500));
