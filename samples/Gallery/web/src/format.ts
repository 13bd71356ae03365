const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const wholeNumber = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Shown where there is no value. */
export const noValue = "–";

/** A size in the largest binary unit that keeps it at least 1: three digits at most. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) {
    return noValue;
  }

  let value = bytes;
  let unit = 0;
  // 1,023.5 would be written "1024": it belongs to the next unit.
  while (value >= 1023.5 && unit < byteUnits.length - 1) {
    value /= 1024;
    unit++;
  }

  return `${formatShort(value, unit === 0)} ${byteUnits[unit]}`;
}

/** A part of a size, both in the unit of the whole: "14.4 / 32.0 GiB". */
export function formatPart(part: number, whole: number): string {
  const [value, unit] = formatBytes(whole).split(" ");
  if (value === undefined || unit === undefined || !Number.isFinite(part) || part < 0) {
    return noValue;
  }

  const scale = 1024 ** byteUnits.indexOf(unit);
  return `${formatShort(part / scale, scale === 1)} / ${value} ${unit}`;
}

/** Bytes a second. */
export function formatRate(bytesPerSecond: number): string {
  const bytes = formatBytes(bytesPerSecond);
  return bytes === noValue ? noValue : `${bytes}/s`;
}

/** A share (1 is all) in percent. */
export function formatPercent(share: number, digits = 0): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(digits)} %` : noValue;
}

/** A whole number with its thousands set apart. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? wholeNumber.format(value) : noValue;
}

/** A length of time in its two largest units: "3 d 4 h", "12 min 5 s". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) {
    return noValue;
  }

  const whole = Math.floor(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first < 0) {
    return "0 s";
  }

  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}

/** A time measured: "0.42 ms", "18.3 ms", "1.24 s". A whole number comes from a coarse clock: it gets no decimals. */
export function formatMilliseconds(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    return noValue;
  }

  if (milliseconds >= 999.5) {
    return `${(milliseconds / 1000).toFixed(2)} s`;
  }

  // WebKit rounds its clock to a millisecond; a difference of two such times is whole but for its last bits.
  if (Math.abs(milliseconds - Math.round(milliseconds)) < 1e-6) {
    return milliseconds < 0.5 ? "< 1 ms" : `${Math.round(milliseconds)} ms`;
  }

  const digits = milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0;
  return `${milliseconds.toFixed(digits)} ms`;
}

/** The local date and time of an ISO 8601 text, to the minute: "2025-09-17 04:52". */
export function formatDateTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) {
    return noValue;
  }

  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** The local time of day, to the second. */
export function formatClock(time: number): string {
  return clock.format(time);
}

/** The local time of day, to the millisecond. */
export function formatClockExactly(time: number): string {
  return `${clock.format(time)}.${String(Math.floor(time) % 1000).padStart(3, "0")}`;
}

function formatShort(value: number, whole: boolean): string {
  return whole || value >= 99.95 ? value.toFixed(0) : value.toFixed(1);
}
