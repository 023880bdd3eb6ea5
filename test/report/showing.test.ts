import { inspect } from "node:util";
import { expect, test } from "vitest";
import * as ls from "../../src/node.ts";

const shown = async (value: object): Promise<Record<string, unknown>> =>
  (value as Record<symbol, () => Promise<Record<string, unknown>>>)[Symbol.for("Jupyter.display")]();

const table = ls.Table.of({ mode: ["car", "<bus>"], share: [0.75, 0.25] }, { title: "Shares" });
const travel = await ls.dataset("travel-mode");
const fit = await ls.fit(ls.logit("gc + ttme"), travel);

test("a table on the console is its text, not the arrays inside", () => {
  expect(inspect(table)).toBe(String(table));
  expect(inspect(table)).toContain("car");
});

test("a table at the end of a notebook cell is an HTML table, and text for those who cannot show it", async () => {
  const bundle = await shown(table);
  expect(bundle["text/html"]).toBe(ls.html(table));
  expect(bundle["text/plain"]).toBe(String(table));
});

test("a fit on the console and in a notebook is its estimates and how well they fit", async () => {
  expect(inspect(fit)).toBe(String(fit));
  const bundle = await shown(fit);
  expect(bundle["text/html"]).toBe(`${ls.html(ls.summary(fit))}\n${ls.html(ls.fitStatistics(fit))}`);
});

test("a chart in a notebook is Vega-Lite and the same picture as SVG, and stays plain JSON", async () => {
  const chart = await ls.charts.coefficients(fit);
  const bundle = await shown(chart);
  expect(bundle["application/vnd.vegalite.v5+json"]).toBe(chart);
  expect(bundle["image/svg+xml"]).toBe(await ls.toSvg(chart));
  expect(Object.getOwnPropertySymbols({ ...chart })).toEqual([]);
  expect(structuredClone(chart)).toEqual(chart);
});
