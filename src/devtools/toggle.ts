const SVG = "http://www.w3.org/2000/svg";

/**
 * The button that opens the panel. Plain DOM: the panel's code is loaded only when it is pressed, or is about to be.
 * @param approach hears of the pointer, or the focus, on it
 */
export function createToggle(name: string, press: () => void, approach: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toggle";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-label", name === "" ? "Open Macho devtools" : `Open Macho devtools: ${name}`);
  const text = document.createElement("span");
  text.textContent = name === "" ? "Macho" : name;
  button.append(mark(), text);
  button.addEventListener("click", press);
  for (const sign of ["pointerenter", "focus"]) button.addEventListener(sign, approach);
  return button;
}

// Three shelves, the lowest one short: a bounded store with room for one more.
function mark(): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M2 3.5h12M2 8h12M2 12.5h6");
  svg.append(path);
  return svg;
}
