export const expect = (isTrue, otherwise) => {
  if (!isTrue) {
    throw new Error(otherwise);
  }
};

/** Runs the checks one behind the other, and tells the application of each. */
export async function report(checks) {
  for (const [name, check] of Object.entries(checks)) {
    const error = await Promise.resolve().then(check).then(() => null, String);
    await oriel.invoke("report", { name, error });
  }
}
