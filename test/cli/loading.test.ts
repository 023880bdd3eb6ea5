/** The built command: what each word loads, since most of the time of a short command is loading. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/cli/main.js");
const study = join(root, "datasets/travel-mode.json");

/** Files of this project and of packages that a process loaded, by the list that V8 keeps. */
function loadedBy(words: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "logsum-loading-"));
  const { status, stderr } = spawnSync(process.execPath, [cli, ...words], {
    encoding: "utf8",
    env: { ...process.env, NODE_V8_COVERAGE: folder },
  });
  expect(status, stderr).toBe(0);
  const scripts = readdirSync(folder).flatMap((file): { url: string }[] => {
    return JSON.parse(readFileSync(join(folder, file), "utf8")).result;
  });
  const files = scripts.map(({ url }) => url).filter((url) => url.startsWith("file:"));
  return [...new Set(files)].sort();
}
const names = (files: readonly string[]): string[] => files.map((file) => basename(file));

const out = join(mkdtempSync(join(tmpdir(), "logsum-loading-")), "out");
const figure = join(out, "shares");

/** What each command loads of what others need, and what not. */
const rows: readonly { words: string[]; most: number; needs?: string[]; not: string[] }[] = [
  { words: ["--help"], most: 6, not: ["engine.js", "evaluate.js", "post.js", "vega.js"] },
  { words: ["fit", "--help"], most: 6, not: ["engine.js", "evaluate.js", "verbCommands.js", "vega.js"] },
  {
    words: ["fit", study],
    most: 20,
    needs: ["engine.js", "csv.js"],
    not: ["verbCommands.js", "post.js", "fitReport.js", "vega.js", "parquet.js", "arrow.js"],
  },
  {
    words: ["elasticities", study, "--of", "gc"],
    most: 40,
    needs: ["engine.js", "post.js"],
    not: ["vega.js", "fitReport.js"],
  },
  {
    words: ["chart", study, "--kind", "shares", "-o", `${figure}.svg`],
    most: 40,
    needs: ["vega.js"],
    not: [],
  },
  { words: ["demo", "--out", out], most: 60, needs: ["vega.js", "fitReport.js"], not: ["parquet.js"] },
];

test.for(rows)(
  "logsum $words.0 loads no more than it needs",
  ({ words, most, needs = [], not }, { skip }) => {
    if (!existsSync(cli)) skip("needs npm run build");
    const files = loadedBy(words);
    const found = names(files);
    expect(found).toEqual(expect.arrayContaining(needs));
    expect(found.filter((name) => not.includes(name))).toEqual([]);
    expect(files.filter((file) => /pdfkit|resvg/.test(file))).toEqual([]);
    expect(found.length).toBeLessThanOrEqual(most);
  },
);

test("a figure as PDF loads what writes it, which no other command does", ({ skip }) => {
  if (!existsSync(cli)) skip("needs npm run build");
  const files = loadedBy(["chart", study, "--kind", "shares", "-o", `${figure}.pdf`]);
  expect(files.some((file) => file.includes("node_modules/pdfkit/"))).toBe(true);
});

test("what is not loaded by some command is there under its name", ({ skip }) => {
  if (!existsSync(cli)) skip("needs npm run build");
  const built = readdirSync(join(root, "dist/cli"));
  for (const name of rows.flatMap(({ not }) => not)) expect(built).toContain(name);
});
