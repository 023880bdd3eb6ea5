import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { run } from "../../src/cli/program.ts";
import { err, forget, listen, out } from "./said.ts";

const folder = mkdtempSync(join(tmpdir(), "logsum-"));
const file = (name: string) => join(folder, name);
const datasets = join(import.meta.dirname, "../../datasets");
const travel = join(datasets, "travel-mode.json");
const saved = file("fit.json");

beforeAll(async () => {
  listen();
  await run(["fit", travel, "--save", saved]);
  vi.restoreAllMocks();
});

type Rows = Record<string, number | string>[];
const rows = async (...words: string[]): Promise<Rows> => {
  forget();
  expect(await run([...words, "--json"]), err).toBe(0);
  return (JSON.parse(out) as { rows: Rows }).rows;
};

test("predict gives every alternative its probability, and they sum to one", async () => {
  const found = await rows("predict", saved);
  expect(found).toHaveLength(840);
  for (let s = 0; s < 840; s += 4)
    expect(found.slice(s, s + 4).reduce((sum, row) => sum + Number(row.probability), 0)).toBeCloseTo(1, 12);
});

test("predict answers for other data without choices", async () => {
  const lines = readFileSync(join(datasets, "travel-mode.csv"), "utf8").split("\n").slice(0, 9);
  const other = lines.map((line) => line.split(",").toSpliced(2, 1).join()).join("\n");
  writeFileSync(file("other.csv"), `${other}\n`);
  const found = await rows("predict", saved, "--data", file("other.csv"));
  const own = await rows("predict", saved);
  expect(found.map(({ probability }) => probability)).toEqual(
    own.slice(0, 8).map(({ probability }) => probability),
  );
  expect(found[0].chosen).toBeUndefined();
});

test("predict answers under a scenario", async () => {
  const before = await rows("predict", saved);
  const after = await rows("predict", saved, "--scenario", "gc.air=gc * 0.5");
  expect(Number(after[0].probability)).toBeGreaterThan(Number(before[0].probability));
});

test("predict from a fit with groups needs no second group in the other data", async () => {
  const rpSp = join(datasets, "rp-sp.json");
  const lines = readFileSync(join(datasets, "rp-sp.csv"), "utf8").trim().split("\n");
  const source = lines[0].split(",").indexOf("source");
  const revealed = lines.filter((line, i) => i === 0 || line.split(",")[source].includes("rp"));
  writeFileSync(file("rp.csv"), `${revealed.join("\n")}\n`);
  const found = await rows("predict", rpSp, "--data", file("rp.csv"));
  expect(found.length).toBeGreaterThan(900);
});

test("shares are observed and predicted; with constants for all they agree", async () => {
  const found = await rows("shares", saved);
  expect(found.map(({ alternative }) => alternative)).toEqual(["air", "train", "bus", "car"]);
  for (const { observed, predicted } of found) expect(Number(predicted)).toBeCloseTo(Number(observed), 9);
  const changed = await rows("shares", saved, "--scenario", "gc.car=gc * 1.2");
  expect(Number(changed[3].change)).toBeLessThan(0);
});

test("shares and elasticities of profiles without labels go by their place in the choice set", async () => {
  const conjoint = join(datasets, "conjoint.json");
  const shares = await rows("shares", conjoint);
  expect(shares.map(({ alternative }) => alternative)).toEqual(["1", "2", "3"]);
  expect(shares.reduce((sum, { predicted }) => sum + Number(predicted), 0)).toBeCloseTo(1, 12);
  for (const { observed, predicted } of shares)
    expect(Math.abs(Number(observed) - Number(predicted))).toBeLessThan(0.02);
  const [own, cross] = await rows("elasticities", conjoint, "--of", "price");
  expect(Number(own.elasticity)).toBeLessThan(0);
  expect(Number(cross.elasticity)).toBeGreaterThan(0);
});

test("elasticities are own and cross", async () => {
  const found = await rows("elasticities", saved, "--of", "gc");
  expect(found).toHaveLength(16);
  for (const { alternative, of, elasticity } of found)
    expect(Number(elasticity) < 0).toBe(alternative === of);
});

test("wtp is the ratio of coefficients", async () => {
  const [found] = await rows("wtp", saved, "--of", "ttme", "--per", "gc");
  expect(Number(found.wtp)).toBeCloseTo(-0.0961248 / 0.0155015, 3);
});

test.each([
  [["elasticities", "--of", "cg"], "did you mean gc?"],
  [["wtp", "--of", "ttme"], "--per is missing"],
  [["shares", "--scenario", "gc"], "name=value"],
  [["shares", "--scenario", "gc.plane=1"], "no alternative plane"],
  [["chart", "--kind", "probabilities"], "--over is missing"],
  [["chart", "-o", "chart.gif"], ".svg, .png, .pdf or .json"],
])("%j is refused", async ([command, ...words], says) => {
  expect(await run([command, saved, ...words])).toBe(2);
  expect(err).toContain(says);
  expect(out).toBe("");
});

test.each([
  ["coefficients"],
  ["shares"],
  ["elasticities", "--of", "gc"],
  ["probabilities", "--over", "gc", "--of", "air", "--points", "5"],
])("a chart of %s", async (kind, ...words) => {
  expect(await run(["chart", saved, "--kind", kind, ...words, "-o", file(`${kind}.svg`)]), err).toBe(0);
  expect(readFileSync(file(`${kind}.svg`), "utf8")).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
});

test("a chart is printed as Vega-Lite, or written as PNG", async () => {
  await run(["chart", saved]);
  expect(JSON.parse(out).$schema).toContain("vega-lite");
  expect(await run(["chart", saved, "-o", file("c.png")])).toBe(0);
  expect([...readFileSync(file("c.png")).subarray(1, 4)]).toEqual([..."PNG"].map((c) => c.charCodeAt(0)));
});

test("a report is one page that asks nothing of the network and holds its study", async () => {
  const temperature = ["--temperature", "money=b_gc"];
  expect(await run(["fit", travel, "--report", file("r/study.html"), "--per", "gc", ...temperature])).toBe(0);
  const page = readFileSync(file("r/study.html"), "utf8");
  for (const heading of [
    "Data",
    "Specification",
    "Estimates",
    "Temperature",
    "Choice probabilities",
    "Elasticities",
    "Willingness to pay",
  ])
    expect(page).toMatch(new RegExp(`<h2>\\d\\. ${heading}`));
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page.match(/<svg/g)).toHaveLength(4);
  const study = JSON.parse(/<script type="application\/json" id="study">([\s\S]*?)<\/script>/.exec(page)![1]);
  expect(join(folder, "r", study.data.file)).toBe(join(datasets, "travel-mode.csv"));
});

test("the demo writes its report", async () => {
  expect(await run(["demo", "--out", file("out")])).toBe(0);
  expect(out).toContain("travel-mode.html");
  expect(readFileSync(file("out/travel-mode.html"), "utf8")).toContain("Willingness to pay");
});

describe("a report", () => {
  test("holds what the verbs of --include answer, and names the nearest one", async () => {
    const path = join(folder, "study.html");
    const include = ["--include", "calibration folds=2 bins=5"];
    expect(await run(["fit", travel, "--report", path, ...include]), err).toBe(0);
    expect(readFileSync(path, "utf8")).toContain("Of the choices predicted with 30 %, were 30 % made?");
    expect(await run(["fit", travel, "--report", path, "--include", "calibartion"])).toBe(2);
    expect(err).toContain("did you mean calibration?");
    expect(await run(["fit", travel, "--report", path, "--include", "calibration bin=5"])).toBe(2);
    expect(err).toContain("did you mean bins?");
  });
});

test("a chart is written as a PDF too", async () => {
  const path = join(folder, "shares.pdf");
  expect(await run(["chart", saved, "--kind", "shares", "-o", path]), err).toBe(0);
  expect(readFileSync(path, "latin1").slice(0, 5)).toBe("%PDF-");
});

test("a report that ends in .tex is LaTeX with its figures beside it", async () => {
  const path = join(folder, "paper.tex");
  expect(await run(["fit", travel, "--report", path, "--per", "gc"]), err).toBe(0);
  const text = readFileSync(path, "utf8");
  const included = [...text.matchAll(/\\includegraphics\[[^\]]*\]\{([^}]*)\}/g)].map(([, name]) => name);
  expect(included.length).toBeGreaterThan(2);
  for (const name of included) expect(readFileSync(join(folder, name), "latin1").slice(0, 5)).toBe("%PDF-");
  for (const environment of ["document", "table", "tabular", "figure", "align*", "minipage"])
    expect(text.split(`\\begin{${environment}}`).length).toBe(text.split(`\\end{${environment}}`).length);
  expect(text).toContain("\\section{Willingness to pay}");
});
