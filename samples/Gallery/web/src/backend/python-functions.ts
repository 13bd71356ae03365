/**
 * What backend.py says of itself. Nobody knows its functions before it runs, so nothing is generated for them: these are
 * the types that its author vouches for.
 */
export const pythonFunctions = {
  echo: (value: string): Promise<string> => oriel.invoke("backend.echo", { value }),

  /** Ends the process in the middle of the call, which is never answered. */
  crash: (): Promise<never> => oriel.invoke("backend.crash", undefined, { timeout: 60_000 }),

  /** Begins or ends the event "pulse". */
  pulse: (enabled: boolean): Promise<void> => oriel.invoke("backend.pulse", { enabled }),

  onPulse: (handler: (data: unknown) => void): (() => void) => oriel.on("pulse", handler),

  /** What becomes of the process; the bridge itself tells it. */
  onState: (handler: (data: { name: string; state: string }) => void): (() => void) => oriel.on("backend:state", handler),
};
