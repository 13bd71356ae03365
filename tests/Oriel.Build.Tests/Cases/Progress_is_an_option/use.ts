import { copy, index } from "./oriel";

copy({ from: "a" }, { onProgress: (progress) => progress.done / progress.total, timeout: 0 });
index({ onProgress: (percent) => percent?.toFixed() });
index();

// @ts-expect-error: no such member
copy({ from: "a" }, { onProgress: (progress) => progress.percent });
// @ts-expect-error: it may be null
index({ onProgress: (percent) => percent.toFixed() });
