/**
 * Writes the library for pages without a build of their own to dist/browser: logsum.js, with what it needs inside,
 * beside it the worker and what is loaded only when a chart is drawn.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { licences } from "./packages.mjs";

const root = join(import.meta.dirname, "..");
const source = (path) => join(root, "src", path);
const target = join(root, "dist/browser");

const bundle = await rolldown({
  input: { logsum: source("index.ts"), "threadWorker.web": source("backends/threadWorker.web.ts") },
  platform: "browser",
  checks: { ineffectiveDynamicImport: false },
});
rmSync(target, { recursive: true, force: true });
const { output } = await bundle.write({
  dir: target,
  format: "esm",
  chunkFileNames: "[name].js",
  minify: true,
  codeSplitting: {
    groups: [
      { name: "evaluate", test: /backends\/threadWorker\.ts$/, priority: 2 },
      { name: "library", test: /src\/index\.ts$/, priority: 1 },
      { name: "vega", test: /node_modules\/vega(-lite)?\// },
    ],
  },
});
await bundle.close();
writeFileSync(join(target, "LICENCES.txt"), licences(output));
