import * as app from "./oriel";

export const color: app.Color = app.Color.Red;
app.Color_();
app.events_();
app.oriel_();
app.pluginX();
app.pluginX_();
app.states_();
app.scans_().then((names) => names.join());
app.scans.walk_();
app.scans.walk.deep();
app.events.onAB(() => {});
app.events.onAB_(() => {});
app.InvokeOptions({ timeout: 1 }).then((mine) => mine.mine);
export const type: app.oriel_ = { x: 1 };
export const mine: app.OrielState = { y: 1 };
export const x: number | undefined = app.states.x.get();

// @ts-expect-error: this one is the application's own type
export const options: app.InvokeOptions = { timeout: 1 };
