import { _2d, events, fsReadAll, getUser, größe, pluginX, type User } from "./oriel";

_2d.draw();
fsReadAll();
größe();
pluginX.count();
getUser({ "user-id": "1" });
events.onFileFound((path) => path.length);
events.onScan2dDone((count) => count.toFixed());
export const user: User = { "@id": "1", 'quote"d': 2 };

// @ts-expect-error: the name on the wire is the name of the argument
getUser({ userId: "1" });
