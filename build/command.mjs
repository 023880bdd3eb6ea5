/**
 * Writes the command to dist/cli: a few files instead of one for each module and package, since finding and
 * opening three hundred files takes longer than most fits. Names stay as they are, so that a stack can be read.
 */
import { writeBundle } from "./bundle.mjs";

/** What few commands need, and what has files of its own, stays where npm puts it. */
const apart = ["@expo-google-fonts/arimo", "@resvg/resvg-js", "pdfkit", "svg-to-pdfkit"];

/** Each file with all that it imports; the first takes what several share. What is started must not be among them. */
const files = [
  { name: "first", test: /cli\/(program|verbCommands)\.ts$/ },
  { name: "evaluate", test: /backends\/threadWorker\.ts$/ },
  { name: "engine", test: /src\/(fit|study)\/index\.ts$|cli\/(commands\/fit|useThreads)\.ts$|data\/csv\.ts$/ },
  { name: "vega", test: /node_modules\/vega(-lite)?\// },
];

await writeBundle("cli", {
  entries: {
    main: "cli/main.ts",
    // Started by their names, beside whatever starts them.
    "threadWorker.node": "backends/threadWorker.node.ts",
    "refitWorker.node": "post/intervals/refitWorker.node.ts",
  },
  platform: "node",
  external: (id) => apart.some((name) => id === name || id.startsWith(`${name}/`)),
  // Commander would start programs of its own; there are none, and to load what starts them takes a twentieth of --help.
  resolve: { alias: { "node:child_process": false } },
  minify: { compress: false, mangle: false, codegen: true },
  groups: files.map((file, i) => ({ ...file, priority: files.length - i })),
});
