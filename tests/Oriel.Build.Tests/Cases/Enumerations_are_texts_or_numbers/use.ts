import { Access, paint, type Color, type Months, type Nothing } from "./oriel";

paint({ access: Access.Read | Access.Write, color: "red" }).then((color: Color) => color);
export const odd: Color = 'a "quoted" \\ text';
export const month: Months = "december";
export const none = (nothing: Nothing): never => nothing;

// @ts-expect-error: no such colour
paint({ access: Access.None, color: "green" });
// @ts-expect-error: the values cannot be replaced
Access.Read = 3;
