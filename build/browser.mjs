/**
 * Writes the library for pages without a build of their own to dist/browser: logsum.js, with what it needs inside,
 * beside it the worker and what is loaded only when a chart is drawn.
 */
import { writeBundle } from "./bundle.mjs";

await writeBundle("browser", {
  entries: { logsum: "index.ts", "threadWorker.web": "backends/threadWorker.web.ts" },
  platform: "browser",
  minify: true,
  groups: [
    { name: "evaluate", test: /backends\/threadWorker\.ts$/, priority: 2 },
    { name: "library", test: /src\/index\.ts$/, priority: 1 },
    { name: "vega", test: /node_modules\/vega(-lite)?\// },
  ],
});
