import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// biome-ignore lint/style/noDefaultExport: the test runner asks for one
export default defineConfig({
  // The examples of the docs import the package by its name.
  resolve: { alias: { logsum: fileURLToPath(new URL("src/node.ts", import.meta.url)) } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 300_000, pool: "threads", maxWorkers: 2 },
});
