import { defineConfig } from "vitest/config";

// biome-ignore lint/style/noDefaultExport: the test runner asks for one
export default defineConfig({ test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, pool: "threads", maxWorkers: 2 } });
