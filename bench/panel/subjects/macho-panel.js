import { mountDevtools } from "macho-cache/devtools/mount";

const root = () => document.querySelector("macho-devtools").shadowRoot;

/** Macho's panel over a cache or a client. */
export const machoPanel = (target, stores) => ({
  async mount() {
    mountDevtools(target);
    if (localStorage.getItem("macho-devtools:")?.includes('"recording":false')) return;
    // The code that records comes a little after the page.
    while (stores[0].recorder?.recorders === undefined) await new Promise((next) => setTimeout(next, 5));
  },
  button: () => root().querySelector(".toggle"),
  hasRows: () => root().querySelector("[role=gridcell], .overview, .charts") !== null,
});
