/** Tables as Rich Text, read back by the grammar of the format: groups, control words, rows of cells. */
import { expect, test } from "vitest";
import { Table } from "../../src/data/index.ts";
import { rtf, rtfOf } from "../../src/report/index.ts";

/** Rows of cells as a reader sees them. Throws where the document is not well formed. */
function read(document: string): { rows: string[][]; widths: number[][] } {
  expect(document).toMatch(/^\{\\rtf1\\ansi/);
  expect(/[^\n\x20-\x7e]/.test(document)).toBe(false);
  let depth = 0;
  for (const [, sign] of document.matchAll(/(?<!\\)([{}])/g)) {
    depth += sign === "{" ? 1 : -1;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  const parts = document.split("\\trowd").slice(1);
  const plain = (text: string): string =>
    text
      .replaceAll(/\\u(-?\d+)\?/g, (_, code) => String.fromCharCode(Number(code) & 0xffff))
      .replaceAll("{\\super ", "^")
      .replaceAll(/(?<!\\)\}/g, "")
      .replaceAll(/\\([\\{}])/g, "$1");
  return {
    rows: parts.map((part) =>
      part
        .split("\\row")[0]
        .split("\\cell\\pard")
        .map((text) => plain(text.replace(/^[\s\S]*?\\intbl\\q[lr] /, "").replace(/\\cell\s*$/, ""))),
    ),
    widths: parts.map((part) => [...part.matchAll(/\\cellx(\d+)/g)].map(([, edge]) => Number(edge))),
  };
}

const table = Table.of(
  {
    parameter: ["b_{1}", "back\\slash", "τ ≥ 0"],
    estimate: [-1.25, 1e-7, Number.NaN],
    p: [0.0001, 0.5, 0.04],
  },
  { title: "Überschrift", notes: ["p < 0.05; log-likelihood -3"], formats: { estimate: 3, p: "p" } },
);

test("every row has its cells, and what was written is what is read", () => {
  const { rows } = read(rtf(table));
  expect(rows).toEqual([
    ["parameter", "estimate", "p"],
    ["b_{1}", "−1.250", "<0.001"],
    ["back\\slash", "1 × 10^−7", "0.500"],
    ["τ ≥ 0", "", "0.040"],
  ]);
});

test("cells end further and further to the right, on the page", () => {
  const wide = Table.of(
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`column number ${i}`, [i]])),
  );
  for (const { widths } of [read(rtf(table)), read(rtf(wide))])
    for (const edges of widths) {
      expect([...edges].sort((a, b) => a - b)).toEqual(edges);
      expect(edges.at(-1)).toBeLessThanOrEqual(9026);
    }
});

test("stars are raised, numbers stand right and words left", () => {
  const starred = Table.of({ "": ["x", ""], fit: ["-0.31**", "(0.12)"] }, { figures: ["fit"] });
  expect(read(rtf(starred)).rows.slice(1)).toEqual([
    ["x", "−0.31^**"],
    ["", "(0.12)"],
  ]);
  expect(rtf(starred)).toContain("\\ql x\\cell\\pard\\intbl\\qr ");
});

test("several tables make one document", () => {
  const { rows } = read(rtfOf([table, table]));
  expect(rows).toHaveLength(8);
});
