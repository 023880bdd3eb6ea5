/** The bundle for pages: plain files of another origin, as from a CDN, fit on workers and draw a chart. */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { elasticities, fit, logit, long, parseCsv, summary } from "../../src/index.ts";
import { browser, whileOpen } from "./browser/open.ts";

const root = join(import.meta.dirname, "../..");
const bundle = join(root, "dist/browser");
const isBuilt = existsSync(join(bundle, "logsum.js"));
const missing = browser ? (isBuilt ? null : "npm run build") : "Chromium, or CHROME_PATH";
const csv = readFileSync(join(root, "datasets/travel-mode.csv"), "utf8");
const columns = { situation: "individual", alternative: "mode", choice: "choice" };

async function listening(answer: RequestListener): Promise<{ server: Server; address: string }> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const page = (library: string): string => `<!doctype html><meta charset="utf-8"><script type="module">
const said = {};
self.addEventListener("unhandledrejection", ({ reason }) => tell({ error: String(reason) }));
const tell = (what) => fetch("/said", { method: "POST", body: JSON.stringify(what) });
try {
  const ls = await import("${library}/logsum.js");
  const data = ls.long(await ls.readCsv(new URL("/data.csv", location.href).href), ${JSON.stringify(columns)});
  const fit = await ls.fit(ls.logit("gc + ttme | hinc"), data);
  said.first = performance.getEntriesByType("resource").map(({ name }) => name);
  said.table = String(await ls.elasticities(fit, { of: "gc.air" }));
  said.svg = await ls.toSvg(await ls.charts.shares(fit));
  const model = ls.logit(ls.mixed("gc + ttme | hinc", { gc: ls.normal() }, { draws: ls.sobol(2000) }));
  const own = self.Worker;
  said.workers = 0;
  self.Worker = class extends own { constructor(...given) { super(...given); said.workers++; } };
  said.mixed = [];
  for (const threads of [1, 2]) said.mixed.push((await ls.fit(model, data, { threads })).logLikelihood);
  await tell(said);
} catch (error) { await tell({ error: String(error?.stack ?? error) }); }
</script>`;

interface Said {
  readonly error?: string;
  readonly first: readonly string[];
  readonly table: string;
  readonly svg: string;
  readonly workers: number;
  readonly mixed: readonly number[];
}

/** Gives a page, and files by the last part of their names; what the page posts is the answer. */
async function serving<T>(files: Readonly<Record<string, string>>): Promise<{
  address: string;
  said: Promise<T>;
  close(): void;
}> {
  let answer = (_: T): void => {};
  const said = new Promise<T>((resolve) => {
    answer = resolve;
  });
  const { server, address } = await listening(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (request.method === "POST") answer(JSON.parse(Buffer.concat(pieces).toString()));
    const name = basename(request.url ?? "");
    const text = files[name] ?? (name.endsWith(".js") ? readFileSync(join(bundle, name), "utf8") : "");
    const kind = name.endsWith(".js") ? "text/javascript" : name.endsWith(".csv") ? "text/csv" : "text/html";
    response.setHeader("Content-Type", kind);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.end(text);
  });
  return { address, said, close: () => server.close().closeAllConnections() };
}

async function visited<T>({ address, said }: { address: string; said: Promise<T> }): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "logsum-bundle-"));
  try {
    return await whileOpen(address, join(folder, "profile"), said);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => {});
  }
}

test("a page without a build fits, tabulates and draws with files of another origin", async ({ skip }) => {
  if (missing) skip(`needs ${missing}`);
  const elsewhere = await serving({});
  const pages = await serving<Said>({ "": page(elsewhere.address), "data.csv": csv });
  try {
    const said = await visited(pages);
    expect(said.error).toBeUndefined();
    const here = await fit(logit("gc + ttme | hinc"), long(parseCsv(csv), columns));
    expect(said.table).toBe(String(await elasticities(here, { of: "gc.air" })));
    expect(said.svg).toMatch(/^<svg.*Share/s);
    expect(said.first.filter((name) => name.endsWith("vega.js"))).toEqual([]);
    const loaded = said.first.filter((name) => name.startsWith(elsewhere.address));
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.length).toBeLessThanOrEqual(6);
    expect(said.workers).toBeGreaterThan(0);
    expect(said.mixed[1]).toBe(said.mixed[0]);
  } finally {
    elsewhere.close();
    pages.close();
  }
});

/** Tells what the page of the documentation shows, as soon as it has drawn. */
const telling = `<script type="module">
const shown = () => document.querySelector("figure").firstChild;
while (!shown()) await new Promise((resolve) => setTimeout(resolve, 20));
const table = document.querySelector("pre").textContent;
await fetch("/said", { method: "POST", body: JSON.stringify({ table, drawn: shown().outerHTML }) });
</script>`;

test("the page in the documentation shows its table and its figure", async ({ skip }) => {
  if (missing) skip(`needs ${missing}`);
  const told = readFileSync(join(root, "docs/getting-started.md"), "utf8");
  const [, block] = /```html\n(.*?)```/s.exec(told)!;
  const pages = await serving<{ table: string; drawn: string }>({
    "": `${block}${telling}`,
    "travel-mode.csv": csv,
  });
  try {
    const { table, drawn } = await visited(pages);
    const here = await fit(logit("gc + ttme | hinc"), long(parseCsv(csv), columns));
    expect(table).toBe(String(summary(here)));
    expect(drawn).toMatch(/^<svg.*ttme/s);
  } finally {
    pages.close();
  }
});

test("what a page loads before its first fit is at most 250 kB, packed", ({ skip }) => {
  if (!isBuilt) skip("needs npm run build");
  const names = readdirSync(bundle).filter((name) => name.endsWith(".js") && name !== "vega.js");
  const sizes = names.map((name) => gzipSync(readFileSync(join(bundle, name))).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(250e3);
});
