import { area, numbered, type Shape } from "./oriel";

export function size(shape: Shape): number {
  switch (shape.kind) {
    case "circle":
      return shape.radius;
    case "square":
      // @ts-expect-error: a square has no radius
      return shape.radius ?? shape.side;
  }
}

area({ shape: { kind: "circle", radius: 1 } });
numbered().then((figure) => (figure.$type === 1 ? figure.radius : figure.side));

// @ts-expect-error: no such shape
area({ shape: { kind: "triangle" } });
// @ts-expect-error: it does not say which it is
area({ shape: { radius: 1 } });
