// Tabler's style sheet, cut down to the parts that our pages use and to colours that Chromium 100 understands.

import { readFile } from "node:fs/promises";

import postcss from "postcss";

// Bootstrap's reset of plain elements always stays; of the classes, only these.
const KEPT = new Set(["btn", "btn-primary", "form-control", "form-select", "form-check", "form-check-input", "form-check-label", "form-label", "visually-hidden"]);
const COLOUR = /\b(oklch|light-dark|color-mix|hwb|lab|lch|color)\(/;
const PREFIX = "--tblr-";

const kept = (selector) => !/#|\[data-bs|\.modal|:root|:host/.test(selector) && [...selector.matchAll(/\.(-?[a-zA-Z_][\w-]*)/g)].every(([, name]) => KEPT.has(name));

// Custom properties as :root leaves them: Tabler's own first, our tokens over them.
function rootValues(...roots) {
  const values = new Map();
  for (const root of roots) {
    root.walkRules((rule) => {
      if (rule.parent.type === "root" && rule.selectors.every((one) => one === ":root" || one === ":host")) {
        rule.walkDecls(/^--/, (decl) => void values.set(decl.prop, decl.value));
      }
    });
  }
  return values;
}

const used = (value) => [...value.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name);

/** The sheet at `source` as CSS text; `tokens` is the file whose :root overrides Tabler's colours and measures. */
export async function tablerBase(source, tokens) {
  const sheet = postcss.parse(await readFile(source, "utf8"));
  const values = rootValues(sheet, postcss.parse(await readFile(tokens, "utf8")));
  sheet.walkComments((comment) => comment.remove());
  sheet.walkAtRules(/keyframes|font-face|charset|property|supports/, (rule) => rule.remove());
  sheet.walkRules((rule) => {
    const selectors = rule.selectors.filter(kept);
    if (selectors.length) rule.selectors = selectors;
    else rule.remove();
  });
  // A colour that cannot be computed before the page is shown is one that tokens.css or our own rules replace.
  sheet.walkDecls((decl) => {
    if (COLOUR.test(decl.value)) decl.remove();
  });

  const local = new Set();
  sheet.walkDecls(/^--/, (decl) => void local.add(decl.prop));
  const needed = new Set();
  const follow = (value) => {
    for (const name of used(value)) {
      if (needed.has(name) || !values.has(name)) continue;
      needed.add(name);
      follow(values.get(name));
    }
  };
  sheet.walkDecls((decl) => follow(decl.value));
  const root = postcss.rule({ selector: ":root" });
  for (const name of needed) {
    if (name.startsWith(PREFIX) && !local.has(name) && !COLOUR.test(values.get(name))) {
      root.append({ prop: name, value: values.get(name) });
    }
  }
  sheet.prepend(root);
  sheet.walk((node) => {
    if (node.nodes?.length === 0) node.remove();
  });
  return sheet.toString();
}
