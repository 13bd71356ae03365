import { events, states } from "./oriel";

const stop = events.onProgress((value) => value.toFixed());
stop();
events.onSaved((cart) => cart.items.length);
states.cart.subscribe((cart) => cart.items.length);
states.cart.set((cart) => ({ items: [...cart.items, "a"] }));
states.cart.set({ items: [] });
export const name: string | null | undefined = states.userName.get();

events.emitNote("a").then(() => events.emitProgress(true));

// @ts-expect-error: the event is the other side's
events.emitSaved({ items: [] });
// @ts-expect-error: the cart is not a text
states.cart.set("a");
// @ts-expect-error: only C# writes it
states.userName.set("Ada");
// @ts-expect-error: the data is a number
events.onProgress((value: string) => value);
