/** The table of a paper: its cells against the fits, and its look in every form. */
import { describe, expect, test } from "vitest";
import { fit, logit } from "../../src/fit/index.ts";
import { dataset } from "../../src/node.ts";
import { compare, specificationTable } from "../../src/post/index.ts";
import { csv, html, latex, markdown } from "../../src/report/index.ts";
import { textsIn } from "./worlds.ts";

const trips = await dataset("travel-mode");
const simple = await fit(logit({ formula: "gc + ttme", reference: "car" }), trips);
const income = await fit(logit({ formula: "gc + ttme | hinc", reference: "car" }), trips);

describe("models in columns", () => {
  test("an estimate, its standard error beneath, statistics at the foot", () => {
    const table = specificationTable({ simple, income });
    expect(table.names).toEqual(["", "simple", "income"]);
    const names = textsIn(table, "");
    const at = names.indexOf("gc");
    const { estimate, standardError } = simple.parameters.find(({ name }) => name === "gc")!;
    expect(textsIn(table, "simple").slice(at, at + 2)).toEqual([
      estimate.toFixed(4),
      `(${standardError.toFixed(4)})`,
    ]);
    expect(textsIn(table, "simple")[names.indexOf("hinc_air")]).toBe("");
    expect(textsIn(table, "income")[names.indexOf("log-likelihood")]).toBe("-189.525");
    expect(textsIn(table, "simple")[names.indexOf("free parameters")]).toBe("5");
  });

  test.each([
    ["t", (z: number) => `(${z.toFixed(2)})`],
    ["none", () => undefined],
  ] as const)("%s beneath", (beneath, expected) => {
    const table = specificationTable({ simple }, { beneath, statistics: [] });
    const column = textsIn(table, "simple");
    const step = beneath === "none" ? 1 : 2;
    expect(column).toHaveLength(step * simple.parameters.length);
    simple.parameters.forEach(({ z }, k) => {
      if (step === 2) expect(column[2 * k + 1]).toBe(expected(z));
    });
  });

  test("stars say how small p is, and the note says which", () => {
    const table = specificationTable({ income }, { stars: true, statistics: [], beneath: "none" });
    income.parameters.forEach(({ p }, k) => {
      const stars = [0.05, 0.01, 0.001].filter((level) => p < level).length;
      expect(/\**$/.exec(textsIn(table, "income")[k])![0]).toHaveLength(stars);
    });
    expect(table.display.notes).toContain("* p < 0.05, ** p < 0.01, *** p < 0.001.");
    const own = specificationTable({ income }, { stars: [0.01, 0.1] });
    expect(own.display.notes).toContain("* p < 0.1, ** p < 0.01.");
    expect(() => specificationTable({ income }, { stars: [5] })).toThrow("a level of stars is a probability");
  });

  test("points stand under each other at 80 columns", () => {
    const lines = String(specificationTable({ simple, income }, { stars: true })).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const from = lines.findIndex((line) => line.startsWith("asc_air"));
    const points = lines.slice(from, from + 10).map((line) => line.indexOf("."));
    expect(new Set(points).size).toBe(1);
  });
});

test("models in rows hold the same cells", () => {
  const [upright, turned] = (["columns", "rows"] as const).map((models) =>
    specificationTable({ simple, income }, { models }),
  );
  const names = textsIn(upright, "");
  expect(textsIn(turned, "model")).toEqual(["simple", "", "income", ""]);
  const at = names.indexOf("ttme");
  expect(textsIn(turned, "ttme")).toEqual([
    ...textsIn(upright, "simple").slice(at, at + 2),
    ...textsIn(upright, "income").slice(at, at + 2),
  ]);
  expect(textsIn(turned, "AIC")[2]).toBe(textsIn(upright, "income")[names.indexOf("AIC")]);
});

test("alternatives in columns hold the same cells", () => {
  const flat = specificationTable({ income });
  const unfolded = specificationTable({ income }, { choices: "columns" });
  expect(unfolded.names).toEqual(["", "all", "air", "train", "bus"]);
  const cellOf = (row: string, column: string): string =>
    textsIn(unfolded, column)[textsIn(unfolded, "").indexOf(row)];
  const flatCell = (row: string): string => textsIn(flat, "income")[textsIn(flat, "").indexOf(row)];
  for (const label of ["air", "train", "bus"])
    for (const row of ["asc", "hinc"]) expect(cellOf(row, label)).toBe(flatCell(`${row}_${label}`));
  expect(cellOf("gc", "all")).toBe(flatCell("gc"));
  expect(cellOf("gc", "air")).toBe("");
  expect(specificationTable({ simple, income }, { choices: "columns" }).names).toContain("income: train");
});

test("what is fixed or no maximum says so", async () => {
  const fixed = await fit(
    logit({
      parameters: { asc: 0, b_gc: { start: -0.02, fixed: true }, b_ttme: { start: 0, lower: 0 } },
      utilities: {
        air: "asc + b_gc * gc + b_ttme * ttme",
        train: "b_gc * gc + b_ttme * ttme",
        bus: "b_gc * gc + b_ttme * ttme",
        car: "b_gc * gc + b_ttme * ttme",
      },
    }),
    trips,
  );
  const cut = await fit(logit({ formula: "gc + ttme", reference: "car" }), trips, { maxIterations: 1 });
  const table = specificationTable({ fixed, cut });
  const column = textsIn(table, "fixed");
  const names = textsIn(table, "");
  expect(column[names.indexOf("b_gc") + 1]).toBe("fixed");
  expect(column[names.indexOf("b_ttme") + 1]).toBe("at bound");
  expect(textsIn(table, "cut")[names.indexOf("ttme")]).toBe("");
  expect(table.display.notes!.join(" ")).toContain("cut is no maximum");
  expect(() => specificationTable({})).toThrow("nothing to compare");
});

test("in LaTeX stars and brackets take no room, and a note may begin with a star", () => {
  const text = latex(compare({ income }, { stars: true }));
  expect(text).toContain("$-0.0955$\\rlap{$^{***}$}");
  expect(text).toContain("$(0.0105$\\rlap{$)$}");
  expect(text).toContain("\n{}* p $<$ 0.05");
  expect(text).not.toMatch(/\\\\\n\s*\*/);
});

test("in HTML stars are raised and the minus is one; Markdown and CSV keep the cells", () => {
  const table = compare({ income }, { stars: true });
  expect(html(table)).toContain('<td class="number">−0.0955<sup>***</sup></td>');
  expect(html(table)).toContain('<td class="number">(0.0105)</td>');
  expect(markdown(table)).toContain("-0.0955\\*\\*\\* |");
  expect(csv(table)).toContain("ttme,-0.0955***");
});
