/** Where the page's scripts find `fetch`. */
export interface FetchTarget {
  fetch: typeof fetch;
}

/**
 * Sends the bytes of a body to the schemes of the application, whatever it is made of: WebKitGTK ends the whole program over a
 * request of theirs with a Blob in its body (seen with 2.50 and 2.52).
 */
export function sendBytes(target: FetchTarget): void {
  const send = target.fetch.bind(target);

  target.fetch = async (input, init) => {
    const body = init?.body;
    if (!(body instanceof Blob || body instanceof FormData || input instanceof Request)) {
      return send(input, init);
    }

    const request = new Request(input, body instanceof FormData ? { ...init, body: pack(body) } : init);
    const isOwn = !/^(https?|data|blob):/.test(request.url);
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    return send(isOwn && hasBody ? new Request(request, { body: await request.clone().arrayBuffer() }) : request);
  };
}

// As browsers write it (HTML, 4.10.21.8); WebKit cannot read the blobs of a form outside of http.
function pack(form: FormData): Blob {
  const boundary = `----oriel${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
  const lines = (text: string) => text.replace(/\r\n?|\n/g, "\r\n");
  const quote = (name: string) => `"${name.replace(/[\r\n"]/g, encodeURIComponent)}"`;
  const parts: BlobPart[] = [];

  form.forEach((value, name) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name=${quote(lines(name))}`;
    if (typeof value === "string") {
      parts.push(`${head}\r\n\r\n${lines(value)}\r\n`);
    } else {
      parts.push(`${head}; filename=${quote(value.name)}\r\nContent-Type: ${value.type || "application/octet-stream"}\r\n\r\n`, value, "\r\n");
    }
  });

  parts.push(`--${boundary}--\r\n`);
  return new Blob(parts, { type: `multipart/form-data; boundary=${boundary}` });
}
