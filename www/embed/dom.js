// Builds nodes without markup strings, so that no page policy (CSP, trusted types) has a reason to refuse.

const SVG = "http://www.w3.org/2000/svg";

/** A node: properties are assigned, `on…` listened to, everything with a hyphen or unknown set as an attribute. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A 24×24 icon out of one path; decoration, so hidden from assistive technology. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  shape.setAttribute("fill-rule", "evenodd");
  svg.append(shape);
  return svg;
}

export const ICONS = {
  play: "M8.5 5.3v13.4c0 .8.9 1.3 1.6.8l10-6.7a1 1 0 0 0 0-1.6l-10-6.7c-.7-.5-1.6 0-1.6.8Z",
  replay: "M12 5V2.2c0-.5-.6-.8-1-.4L6.600 5.600a.6.6 0 0 0 0 .9L11 10.300c.4.4 1 .1 1-.4V7a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8Z",
  silent: "M4 9.500v5h3.300l4.300 4c.5.500 1.400.1 1.400-.6V6.100c0-.7-.9-1.100-1.400-.6l-4.300 4zM22 9.800 20.700 8.500 18.500 10.700 16.300 8.500 15 9.800 17.200 12 15 14.200 16.300 15.500 18.500 13.300 20.700 15.500 22 14.200 19.800 12z",
  clock: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm-1 3v5.600l4.400 2.600 1-1.700-3.400-2V7z",
  alert: "M12 2.500 1 21.500h22zM12 6.500l7.500 13h-15zM11 10.500v5h2v-5zm0 6v2h2v-2z",
  signal: "M3 15h3.500v6H3zm5.500-5H12v11H8.500zM14 5h3.500v8H14zm.9 11.300 1.200-1.200 2.300 2.300 2.300-2.300 1.200 1.200-2.300 2.300 2.300 2.300-1.200 1.200-2.300-2.300-2.300 2.300-1.200-1.200 2.300-2.300z",
  screen: "M3 4h18v13h-7v2h3v2H7v-2h3v-2H3zm2 2v9h14V6zm4.300 1.900L12 10.600 14.700 7.900 15.600 8.800 12.900 11.500 12 12.400 8.400 8.800z",
};
