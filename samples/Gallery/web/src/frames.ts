const pending = new Set<() => void>();

/** Runs work in the next frame, once however often it is asked for; between requests no frame is scheduled. */
export function onNextFrame(work: () => void): void {
  if (pending.size === 0) {
    requestAnimationFrame(runPending);
  }

  pending.add(work);
}

function runPending(): void {
  const due = [...pending];
  pending.clear();
  for (const work of due) {
    work();
  }
}

/** Resolves when what the document shows now has been painted. */
export async function framePainted(): Promise<void> {
  // The first frame is the one that is about to be painted.
  await nextFrame();
  await nextFrame();
}

function nextFrame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}
