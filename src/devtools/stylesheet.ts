/** A stylesheet of the devtools in a shadow root, or in the page. */
export interface Stylesheet {
  /** Adds rules, each text once. */
  add(css: string): void;
  /** Makes it anew: a root that went to another document has lost its sheets. */
  renew(): void;
  remove(): void;
}

/** A sheet without its texts. */
interface Sheet {
  replace(css: string): void;
  remove(): void;
}

/**
 * Constructed where the host can, as no rule of a Content Security Policy for styles concerns such a sheet, and no
 * element of the page changes. Else an element: in Safari before 16.4 and in jsdom.
 */
export function createStylesheet(root: ShadowRoot | Document): Stylesheet {
  let css = "";
  let sheet: Sheet | undefined;
  const renew = (): void => {
    sheet?.remove();
    sheet = constructed(root) ?? element(root);
    sheet.replace(css);
  };
  renew();
  return {
    add(text) {
      if (css.includes(text)) return;
      css += text;
      sheet?.replace(css);
    },
    renew,
    remove: () => sheet?.remove(),
  };
}

function constructed(root: ShadowRoot | Document): Sheet | undefined {
  try {
    // That of its own window: another's is refused.
    const sheet = new (root.ownerDocument ?? document).defaultView!.CSSStyleSheet();
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

function element(root: ShadowRoot | Document): Sheet {
  const style = document.createElement("style");
  (root === document ? document.documentElement : root).append(style);
  return { replace: (css) => void (style.textContent = css), remove: () => style.remove() };
}
