import type { Oriel } from "../api";
import { Line, Signal, type Message } from "../protocol";
import { Calls } from "./calls";
import { Events, type EventSink } from "./events";
import { NativeEvent, NativePromise, parse, report } from "./platform";
import { States } from "./state";
import { values } from "./values";

/** Makes `oriel` of a window. */
export function createClient(target: EventSink): Oriel {
  // Taken before the page's scripts run, which may replace them.
  const sink: EventSink = {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
  };
  const listen = (type: string, handler: (detail: string) => void) =>
    sink.addEventListener(type, (event) => handler((event as CustomEvent<string>).detail));
  const send = (line: string) => void sink.dispatchEvent(new NativeEvent(Signal.Up, { detail: line }));

  const calls = new Calls(send);
  const events = new Events(sink, (name) => `on${name}` in target, send);
  const states = new States((name, args) => calls.invoke(name, args, undefined));
  let isReady: () => void;
  const ready = new NativePromise<void>((resolve) => (isReady = resolve));

  const receive = (message: Message) => {
    switch (message.type) {
      case "event":
        // The page has no events of this name.
        if (message.event === "oriel:state") {
          states.deliver(message.data as Parameters<States["deliver"]>[0]);
        } else {
          events.deliver(message.event!, message.data);
        }

        break;
      case "response":
      case "next":
      case "done":
        calls.settle(message);
        break;
      case "credit":
        calls.allow(message);
        break;
      case "cancel":
        calls.stop(message);
        break;
      case "ready":
        events.forward((message.data as { events: string[] }).events);
        calls.bodies.accept((message.data as { bodies?: string }).bodies);
        isReady();
        break;
      case "ping":
        send(`${Line.Control} {"type":"pong"}`);
        break;
    }
  };

  // What is wrong with one message must not cost another its answer: a command may write its JSON by itself.
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      report(error);
      return undefined;
    }
  };
  const deliver = (message: Message, namesBytes: boolean) => attempt(() => calls.bodies.deliver(message, namesBytes, receive));
  const parseLines = (lines: string) => {
    try {
      // One parse of many lines is twice as fast as many parses.
      return parse(`[${lines.replaceAll("\n", ",")}]`) as Message[];
    } catch {
      return undefined;
    }
  };

  listen(Signal.Down, (lines) => {
    const receiveLine = (line: string) => attempt(() => deliver(parse(line) as Message, calls.bodies.areNamedIn(line)));
    if (!lines.includes("\n")) {
      receiveLine(lines);
      return;
    }

    const messages = parseLines(lines);
    if (!messages) {
      lines.split("\n").forEach(receiveLine);
      return;
    }

    // Of many messages those are looked through that name bytes themselves. A parse of several lines in one is as good as refused.
    const texts = calls.bodies.areNamedIn(lines) ? lines.split("\n") : undefined;
    messages.forEach((message, index) => deliver(message, texts !== undefined && (texts.length !== messages.length || calls.bodies.areNamedIn(texts[index]!))));
  });
  listen(Signal.Accepted, (report) => events.accepted(report));
  listen(Signal.Failed, (report) => {
    const end = report.indexOf("\n");
    const space = report.indexOf(" ", end);
    calls.fail(report.slice(0, end).split(" "), Number(report.slice(end + 1, space)), report.slice(space + 1));
  });

  sink.addEventListener("pagehide", () => calls.endAll());

  const invoke = (name: string, args?: unknown, options?: Parameters<Oriel["invoke"]>[2]) => calls.invoke(name, args, options);
  const windowCommand = (name: string, args?: unknown) => invoke(`oriel.window.${name}`, args) as Promise<void>;

  const oriel: Oriel = Object.freeze({
    invoke: invoke as Oriel["invoke"],
    stream: ((name, args, options) => calls.stream(name, args, options)) as Oriel["stream"],
    values: (stream) => values(stream),
    on: (name, handler) => events.on(name, handler),
    once: (name, handler) => events.once(name, handler),
    off: (name, handler) => events.off(name, handler),
    emit: (name, data) => events.emit(name, data),
    state: (key) => states.get(key),
    window: Object.freeze({
      close: () => windowCommand("close"),
      setTitle: (title: string) => windowCommand("setTitle", { title }),
      setSize: (width: number, height: number) => windowCommand("setSize", { width, height }),
      minimize: () => windowCommand("minimize"),
      maximize: () => windowCommand("maximize"),
      restore: () => windowCommand("restore"),
      setFullscreen: (enabled: boolean) => windowCommand("setFullscreen", { enabled }),
    }),
    ready,
  } satisfies Oriel);

  Object.defineProperties(target, {
    oriel: { value: oriel, enumerable: true },
    invoke: { value: oriel.invoke, enumerable: true },
  });
  return oriel;
}
