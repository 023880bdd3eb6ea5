import { beforeAll, expect, test } from "vitest";
import { page } from "../../src/report/index.ts";
import { travelPage } from "./study.ts";

let text = "";
beforeAll(async () => {
  text = page(await travelPage());
});

test("a page asks nothing of the network", () => {
  const addresses = new Set(text.match(/https?:\/\/[^"'\s<)]+/g));
  // Names of formats, which nobody fetches.
  expect([...addresses].sort()).toEqual([
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/2000/svg",
    "https://vega.github.io/schema/vega-lite/v6.json",
  ]);
  expect(text).not.toMatch(/<link|<img|<iframe|@import|\ssrc=|url\((?!#)/);
});

test("a page runs one script of its own, and nothing from elsewhere", () => {
  const tags = [...text.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
  expect(tags.filter((tag) => !tag.includes('type="application/json"'))).toEqual(["<script>"]);
  expect(text).not.toMatch(/<script[^>]*\ssrc=/);
  expect(text).not.toMatch(/<[a-z][^>]*\son[a-z]+=/);
});

test("the study inside a page reads back, whatever its text", () => {
  const [, json] = /<script type="application\/json" id="study">(.*?)<\/script>/.exec(text)!;
  expect(JSON.parse(json)).toEqual({ data: { file: "travel-mode.csv" }, note: "</script><b>" });
});

test("each figure keeps the chart it was drawn from", async () => {
  const [, first] = [...text.matchAll(/<script type="application\/json">(.*?)<\/script>/g)];
  const figures = (await travelPage()).sections.flatMap((section) => section.figure ?? []);
  expect(JSON.parse(first[1])).toEqual(figures[1].spec);
});

test("every link in a page leads somewhere, and no two places share a name", () => {
  const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...text.matchAll(/href="#([^"]+)"|url\(#([^)]+)\)/g)].map(([, a, b]) => a ?? b);
  expect(links.length).toBeGreaterThanOrEqual(5);
  for (const link of links) expect(ids).toContain(link);
});

test("the names inside two figures do not get in each other's way", () => {
  const svg = '<svg><defs><clipPath id="clip1"/></defs><g clip-path="url(#clip1)"/></svg>';
  const both = page({ title: "t", sections: [{ heading: "h", figure: [{ svg }, { svg }] }] });
  expect(both).toContain('<clipPath id="figure1-clip1"/></defs><g clip-path="url(#figure1-clip1)"');
  expect(both).toContain('<clipPath id="figure2-clip1"/></defs><g clip-path="url(#figure2-clip1)"');
});

test("tables and figures are numbered through, with their captions", () => {
  expect(text.match(/<b>Table \d\.<\/b>/g)).toHaveLength(4);
  expect(text.match(/<b>Figure \d\.<\/b>/g)).toHaveLength(4);
  expect(text).toContain("<b>Table 2.</b> Estimates</caption>");
  expect(text).toContain("<b>Figure 2.</b> Choice probabilities over generalised cost of air (AUD).");
});

test("text of the user is text on the page", () => {
  const odd = page({
    title: "a <b> & c",
    subtitle: "<i>",
    sections: [{ heading: "<u>", paragraphs: ["x < y & z"], code: "a < b" }],
    footer: "<s>",
  });
  for (const element of ["<b>", "<i>", "<u>", "<s>"]) expect(odd).not.toContain(element);
  expect(odd).toContain("<p>x &lt; y &amp; z</p>");
});
