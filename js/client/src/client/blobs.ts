const Advice = "send it with fetch: WebKitGTK cannot read a Blob or a form of XMLHttpRequest or sendBeacon for a scheme of the application.";

/**
 * Refuses bodies that would end the whole program: a Blob, or a form, that XMLHttpRequest or sendBeacon brings to a scheme of
 * the application (WebKitGTK 2.50 and 2.52). `fetch` takes them, see fetch.ts.
 */
export function refuseBlobs(): void {
  const isOwn = (url: string | URL) => !/^(https?|data|blob):/.test(new URL(url, document.baseURI).href);
  const isRisky = (body: unknown) => body instanceof Blob || body instanceof FormData;
  const own = new WeakSet<XMLHttpRequest>();
  const { open, send } = XMLHttpRequest.prototype;

  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...args: [string, string | URL]) {
    if (isOwn(args[1])) {
      own.add(this);
    } else {
      own.delete(this);
    }

    return (open as (...args: unknown[]) => void).apply(this, args);
  } as typeof open;

  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body?: Document | XMLHttpRequestBodyInit | null) {
    if (own.has(this) && isRisky(body)) {
      throw new TypeError(Advice);
    }

    send.call(this, body);
  };

  const beacon = navigator.sendBeacon?.bind(navigator);
  if (beacon) {
    navigator.sendBeacon = (url, data) => {
      if (isOwn(url) && isRisky(data)) {
        throw new TypeError(Advice);
      }

      return beacon(url, data);
    };
  }
}
