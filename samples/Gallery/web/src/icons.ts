const paths = {
  archive: ["M4 8v11a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1V8", "M3 4h18v4H3z", "M10 12h4"],
  audio: ["M9 18V6l10-2v12", "M6.5 20.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z", "M16.5 18.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"],
  back: ["M19 12H5", "M11 6l-6 6 6 6"],
  bolt: ["M13 3 5 14h6l-1 7 8-11h-6z"],
  clear: ["M5 7h14", "M9 7V4h6v3", "M7 7l1 13h8l1-13"],
  clock: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 7v5l3 2"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  drive: ["M4 14h16v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1z", "M4 14 7 5h10l3 9", "M16.5 17h.01"],
  file: ["M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z", "M14 3v5h5"],
  folder: ["M3 6a1 1 0 0 1 1-1h5l2 3h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z"],
  forward: ["M5 12h14", "M13 6l6 6-6 6"],
  home: ["M4 11l8-7 8 7", "M6 9.5V20h12V9.5", "M10 20v-6h4v6"],
  image: ["M4 5h16v14H4z", "M4 16l5-5 4 4 2-2 5 4", "M15.5 9.5h.01"],
  link: ["M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2", "M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"],
  pause: ["M8 5v14", "M16 5v14"],
  play: ["M7 4.5v15l12-7.5z"],
  refresh: ["M20 12a8 8 0 1 1-2.3-5.6L20 8.5", "M20 4v4.5h-4.5"],
  search: ["M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z", "M20 20l-4-4"],
  send: ["M21 3 10 14", "M21 3l-7 18-4-7-7-4z"],
  star: ["M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.7-5 2.7 1.1-5.5L4 9.700l5.6-.7z"],
  stop: ["M6 6h12v12H6z"],
  text: ["M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z", "M14 3v5h5", "M8.5 13h7", "M8.5 17h5"],
  up: ["M12 19V5", "M6 11l6-6 6 6"],
  video: ["M3 6h12v12H3z", "M15 10.500l6-3.500v10l-6-3.500z"],
  warning: ["M12 4 2.5 20h19z", "M12 10v4", "M12 17h.01"],
} as const;

export type IconName = keyof typeof paths;

const svgNamespace = "http://www.w3.org/2000/svg";

/** An icon of 24 by 24 units, drawn in the colour of the text around it and hidden from assistive technology. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const data of paths[name]) {
    const path = document.createElementNS(svgNamespace, "path");
    path.setAttribute("d", data);
    svg.append(path);
  }

  return svg;
}
