import { Resvg } from "@resvg/resvg-js";
import { describe, expect, test } from "vitest";
import {
  coefficients,
  elasticities,
  probabilities,
  shares,
  subgroups,
  temperatureSweep,
  toSvg,
} from "../../src/charts/index.ts";
import { fontFiles, toPng } from "../../src/charts/png.node.ts";
import { textWidth } from "../../src/charts/textWidth.ts";
import { Table } from "../../src/data/table.ts";
import { audited, curves, elasticityTable, estimates, observed, sweep } from "./tables.ts";

const font = { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: "Arimo" };
const long = ["high-speed railway (second class)", "long-distance bus", "MWMWMWMWMW", "car"];

const pictures = {
  probabilities: () => probabilities(curves(), { over: "generalised cost (AUD)", title: "Modes" }),
  "probabilities with long names": () => probabilities(curves(long)),
  "probabilities with a legend": () =>
    probabilities(curves(Array.from({ length: 11 }, (_, i) => `route ${i}`))),
  coefficients: () => coefficients(estimates),
  "coefficients in print": () => coefficients(estimates, { theme: "print" }),
  shares: () => shares(observed),
  elasticities: () => elasticities(elasticityTable()),
  subgroups: () => subgroups(audited),
  "subgroups in print": () => subgroups(audited, { theme: "print" }),
  "a temperature sweep": () => temperatureSweep(sweep()),
  "a temperature sweep over many": () =>
    temperatureSweep(sweep(Array.from({ length: 20 }, (_, i) => `product ${i}`))),
  "elasticities with long names": () => elasticities(elasticityTable(long)),
};

describe.each(Object.entries(pictures))("the picture of %s", (_, make) => {
  test("has nothing cut off at its edges", async () => {
    const svg = await toSvg(make());
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
    // Drawn on a larger sheet, so that what lies outside the frame is seen.
    const sheet = svg.replace(
      /width="[\d.]+" height="[\d.]+" viewBox="[^"]+"/,
      `viewBox="-200 -200 ${width + 400} ${height + 400}"`,
    );
    const box = new Resvg(sheet.replace(/<rect [^>]*\/>/, ""), { font }).getBBox()!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
  });

  test("is the same every time", async () => {
    const first = await toSvg(make());
    expect(await toSvg(make())).toBe(first);
  });
});

test.each([
  "Choice probability",
  "generalised_cost × 100",
  "−0.0155 (80%)",
  "MWMWMW",
  "Zürich–Genève",
  "jjjiiilll",
])("the width of %s is that of the font", (text) => {
  const svg = (content: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="60"><text x="10" y="40" font-family="Arimo" font-size="20">${content}</text></svg>`;
  // Ink has no side bearings, so the text stands between two bars, whose own width is taken off.
  const ink = (content: string) => new Resvg(svg(content), { font }).getBBox()!.width;
  expect(textWidth(text, 20)).toBeCloseTo(ink(`|${text}|`) - ink("||"), 0);
});

test("a PNG has the size asked for and holds the text, with no font of the machine", async () => {
  const table = Table.of({ alternative: ["walking"], observed: [0.4], predicted: [0.5] });
  const svg = await toSvg(shares(table));
  const png = await toPng(svg, { scale: 2 });
  const view = new DataView(png.buffer, png.byteOffset);
  expect([...png.slice(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
  expect(view.getUint32(16)).toBe(2 * 640);
  const wordless = await toPng(svg.replaceAll(/<text.*?<\/text>/g, ""), { scale: 2 });
  expect(png.length).toBeGreaterThan(wordless.length + 2000);
});

test("a chart and its SVG give the same PNG", async () => {
  const chart = shares(observed);
  expect(await toPng(chart)).toEqual(await toPng(await toSvg(chart)));
});

test("drawing a chart leaves it as it was", async () => {
  const chart = shares(observed);
  await toSvg(chart);
  expect(chart).toEqual(shares(observed));
});
