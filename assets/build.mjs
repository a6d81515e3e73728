// Bundles the scripts and styles into what the server hands out, for browsers as old as Chromium 100.
//
// Every assets/*.ts and assets/*.css but tokens.css is one bundle. A file's name carries its hash, so a browser may keep
// it for ever; manifest.json says which file stands behind which name. Icons go into one JSON file that templates inline.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";
import { transform } from "lightningcss";

import { tablerBase } from "./tabler.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
const DIST = path.join(ROOT, "src/zhaoyin/ground/ui/static/dist");
const OLDEST = { chrome: 100 << 16 };
const TOO_NEW = /\b(oklch|oklab|light-dark|color-mix|lab|lch|color)\(/;

const tabler = {
  name: "tabler",
  setup(bundle) {
    bundle.onResolve({ filter: /^tabler$/ }, () => ({ path: "tabler", namespace: "tabler" }));
    bundle.onLoad({ filter: /.*/, namespace: "tabler" }, async () => ({
      contents: await tablerBase(path.join(ROOT, "node_modules/@tabler/core/dist/css/tabler.css"), path.join(HERE, "tokens.css")),
      loader: "css",
    }));
  },
};

async function bundled(entry) {
  const result = await build({
    entryPoints: [path.join(HERE, entry)],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "chrome100",
    legalComments: "none",
    plugins: [tabler],
    nodePaths: [path.join(ROOT, "node_modules")],
    outdir: DIST,
    logLevel: "error",
  });
  const text = result.outputFiles[0].text;
  if (!entry.endsWith(".css")) return text;
  const { code } = transform({ filename: entry, code: Buffer.from(text), minify: true, targets: OLDEST });
  const css = code.toString();
  const late = TOO_NEW.exec(css);
  if (late) throw new Error(`${entry}: ${css.slice(late.index - 60, late.index + 40)} is unknown to Chromium 100`);
  return css;
}

async function icons() {
  const names = JSON.parse(await readFile(path.join(HERE, "icons.json"), "utf8"));
  const drawn = {};
  for (const name of names) {
    const svg = await readFile(path.join(ROOT, "node_modules/@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    drawn[name] = svg
      .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
      .replace(/<path stroke="none"[^>]*\/>/, "")
      .replace(/\s*\n\s*/g, "")
      .replaceAll(" />", "/>");
  }
  return JSON.stringify(drawn);
}

const entries = (await readdir(HERE)).filter((name) => /\.(ts|css)$/.test(name) && name !== "tokens.css");
const manifest = {};
const files = new Map();
for (const entry of entries) {
  const name = entry.replace(/\.ts$/, ".js");
  const text = await bundled(entry);
  const extension = path.extname(name);
  const hashed = `${path.basename(name, extension)}.${createHash("sha256").update(text).digest("hex").slice(0, 12)}${extension}`;
  manifest[name] = hashed;
  files.set(hashed, text);
  console.log(`${hashed}  ${(text.length / 1024).toFixed(1)} kB, ${(gzipSync(text).length / 1024).toFixed(1)} kB compressed`);
}
// The server sends what a browser can unpack; packing once, here, costs no request anything.
for (const [name, text] of [...files]) {
  files.set(`${name}.gz`, gzipSync(text, { level: 9 }));
  files.set(`${name}.br`, brotliCompressSync(text));
}
files.set("icons.json", await icons());

// The manifest is written last and in one step: a server that reads meanwhile sees the old set or the new one.
await mkdir(DIST, { recursive: true });
const old = (await readdir(DIST)).filter((name) => !files.has(name) && !name.startsWith(".") && name !== "manifest.json");
for (const [name, data] of files) await writeFile(path.join(DIST, name), data);
await writeFile(path.join(DIST, "manifest.tmp"), JSON.stringify(manifest));
await rename(path.join(DIST, "manifest.tmp"), path.join(DIST, "manifest.json"));
for (const name of old) await rm(path.join(DIST, name), { recursive: true });
