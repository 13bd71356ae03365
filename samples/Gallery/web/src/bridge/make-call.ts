import { framePainted } from "../frames";
import type { Call } from "./call";
import type { CallPanel } from "./call-panel";

/** After so many milliseconds a call is shown without its answer. */
const longCall = 50;

/** Makes a call and shows it; resolves when it has ended. `onShown` is called when it is first shown. */
export async function makeCall(call: Call, panel: CallPanel, onShown: () => void = () => {}): Promise<void> {
  // What the click changed is painted first: the answer would wait for it, and the call seem to take as long.
  await framePainted();
  const ended = call.run(() => panel.progress(call));
  // What is answered at once is shown with its answer, for the same reason.
  await Promise.race([ended, pause(longCall)]);
  onShown();
  panel.show(call);
  await ended;
  // Another call may have been chosen meanwhile.
  panel.progress(call);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
