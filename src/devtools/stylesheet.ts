/** A stylesheet of the devtools in a shadow root, or in the page. */
export interface Stylesheet {
  replace(css: string): void;
  remove(): void;
}

/**
 * Constructed where the host can, as no rule of a Content Security Policy for styles concerns such a sheet, and no
 * element of the page changes. Else an element: in Safari before 16.4 and in jsdom.
 */
export function createStylesheet(root: ShadowRoot | Document): Stylesheet {
  return constructed(root) ?? element(root);
}

function constructed(root: ShadowRoot | Document): Stylesheet | undefined {
  try {
    const sheet = new CSSStyleSheet();
    // jsdom has the constructor, and nothing else of it.
    sheet.replaceSync("");
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return {
      replace: (css) => sheet.replaceSync(css),
      remove: () => void (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet)),
    };
  } catch {
    return undefined;
  }
}

function element(root: ShadowRoot | Document): Stylesheet {
  const style = document.createElement("style");
  (root === document ? document.documentElement : root).append(style);
  return { replace: (css) => void (style.textContent = css), remove: () => style.remove() };
}
