// Runs before the first render: keeps what the page complains about, for the tests.
globalThis.errors = [];

// Caught on its way down: an image that does not load tells nobody above it.
addEventListener("error", (event) => errors.push(event.message ?? `${event.target.outerHTML} did not load`), true);
addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => errors.push(`${event.violatedDirective}: ${event.blockedURI}`));

const print = console.error;
console.error = (...args) => {
  errors.push(args.join(" "));
  print.apply(console, args);
};
