/** One minute at the shortest interval, ten samples a second, and a little more. */
export const keptSamples = 640;
