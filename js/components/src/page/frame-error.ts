/** A frame that does not fit what the page shows: the page and C# have lost each other. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}
