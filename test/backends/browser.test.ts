/** The built package in a browser: Web Workers give the same bits as none, whatever the page may share. */
import { existsSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createViteServer } from "vitest/node";
import { fit, logit, long, mixed, normal, parseCsv, sobol } from "../../src/index.ts";
import { random } from "../../src/math/random.ts";
import { browser, whileOpen } from "./browser/open.ts";

const root = join(import.meta.dirname, "../..");
const isBuilt = existsSync(join(root, "dist/backends/threadWorker.web.js"));
const missing = browser ? (isBuilt ? null : "npm run build") : "Chromium, or CHROME_PATH";

/** 300 persons with four choices each among three alternatives: enough for workers to be worth it. */
function csvOf(): string {
  const source = random(12);
  const lines = ["situation,alternative,person,choice,x,y"];
  for (let s = 0; s < 1200; s++) {
    const chosen = source.below(3);
    for (let j = 0; j < 3; j++)
      lines.push(
        `${s},${j},${Math.floor(s / 4)},${j === chosen ? 1 : 0},${source.uniform()},${source.uniform()}`,
      );
  }
  return lines.join("\n");
}

interface Said {
  readonly error?: string;
  readonly isIsolated: boolean;
  readonly workers: number;
  readonly found: readonly (readonly number[])[];
}

/** What the page tells when it is served with these headers. */
async function saidBy(csv: string, headers: Record<string, string>): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), "logsum-browser-"));
  let answer = (_: Said): void => {};
  const said = new Promise<Said>((resolve) => {
    answer = resolve;
  });
  const server = await createViteServer({
    root,
    configFile: false,
    logLevel: "error",
    cacheDir: join(folder, "cache"),
    // Packages are bundled before the page asks for them: one found later would reload it in the middle of a fit.
    optimizeDeps: {
      entries: ["dist/index.js", "dist/backends/threadWorker.web.js"],
      include: ["ml-levenberg-marquardt"],
    },
    server: { port: 0, host: "127.0.0.1", headers, watch: null },
    plugins: [
      {
        name: "page",
        configureServer({ middlewares }) {
          middlewares.use(
            "/data.csv",
            (_: IncomingMessage, response: ServerResponse) => void response.end(csv),
          );
          middlewares.use("/said", async (request: IncomingMessage, response: ServerResponse) => {
            const pieces: Buffer[] = [];
            for await (const piece of request) pieces.push(piece as Buffer);
            response.end();
            answer(JSON.parse(Buffer.concat(pieces).toString()));
          });
        },
      },
    ],
  });
  try {
    await server.listen();
    const address = server.resolvedUrls!.local[0];
    return await whileOpen(`${address}test/backends/browser/index.html`, join(folder, "profile"), said);
  } finally {
    await server.close();
    // Helper processes of the browser may outlive it and write there once more; that is no failure.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => {});
  }
}

test.for([
  [
    "whose memory is shared with workers",
    { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" },
    true,
  ],
  ["that shares no memory", {}, false],
] as const)("a page %s fits on workers, to the last bit", async ([, headers, isIsolated], { skip }) => {
  if (missing) skip(`needs ${missing}`);
  const csv = csvOf();
  const { error, found, workers, isIsolated: isPageIsolated } = await saidBy(csv, headers);
  expect(error).toBeUndefined();
  expect(isPageIsolated).toBe(isIsolated);
  expect(workers).toBeGreaterThan(0);
  const [one, two, three] = found;
  expect(two).toEqual(one);
  expect(three).toEqual(one);
  const here = await fit(
    logit(mixed("x + y | 0", { x: normal(), y: normal() }, { draws: sobol(400) })),
    long(parseCsv(csv), {
      situation: "situation",
      alternative: "alternative",
      choice: "choice",
      person: "person",
    }),
  );
  expect(one[0]).toBeCloseTo(here.logLikelihood, 9);
  for (const [k, estimate] of here.estimates.entries()) expect(one[1 + k]).toBeCloseTo(estimate, 6);
});
