import { compile } from "vega-lite";
import { describe, expect, test } from "vitest";
import {
  type Chart,
  coefficients,
  elasticities,
  probabilities,
  shares,
  subgroups,
  temperatureSweep,
  toSvg,
} from "../../src/charts/index.ts";
import { Table } from "../../src/data/table.ts";
import { audited, curves, elasticityTable, estimates, observed, sweep } from "./tables.ts";

const products = (count: number): string[] => Array.from({ length: count }, (_, i) => `product ${i + 1}`);
const all: Record<string, () => Chart> = {
  "probabilities of four modes": () => probabilities(curves(), { over: "cost (AUD)" }),
  "probabilities of one": () => probabilities(curves().filter('alternative == "air"')),
  "probabilities of 12": () => probabilities(curves(products(12))),
  "probabilities of 200": () => probabilities(curves(products(200), 5)),
  "probabilities for print": () => probabilities(curves(), { theme: "print", title: "Modes" }),
  coefficients: () => coefficients(estimates),
  "coefficients as they are": () => coefficients(estimates, { scale: "none" }),
  "shares with intervals": () => shares(observed),
  "shares without": () => shares(observed.select(["alternative", "observed", "predicted"])),
  elasticities: () => elasticities(elasticityTable(), { attribute: "cost" }),
  "elasticities of 12": () => elasticities(elasticityTable(products(12))),
  subgroups: () => subgroups(audited),
  "subgroups in print": () => subgroups(audited, { theme: "print" }),
  "a temperature sweep": () => temperatureSweep(sweep()),
  "a temperature sweep over many": () => temperatureSweep(sweep(products(20))),
  "elasticities of 30": () => elasticities(elasticityTable(products(30))),
};

describe.each(Object.entries(all))("the chart of %s", (_, make) => {
  test("is plain JSON that says what it shows", () => {
    const made = make();
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(made.usermeta.caption).toMatch(/\.$/);
    expect(made.description).toBe(made.usermeta.caption);
  });

  test("is understood by Vega-Lite without a warning", () => {
    const warnings: unknown[] = [];
    const heard = (...words: unknown[]) => {
      warnings.push(...words);
      return logger;
    };
    const logger = {
      level: () => logger,
      error: heard,
      warn: heard,
      info: () => logger,
      debug: () => logger,
    };
    compile(make() as never, { logger: logger as never });
    expect(warnings).toEqual([]);
  });
});

const drawn = (chart: Chart): Record<string, unknown>[] =>
  (chart.data as { values: Record<string, unknown>[] }).values;

test("a coefficient a hundred times smaller is shown times 100, and says so", () => {
  const rows = drawn(coefficients(estimates));
  expect(rows.map((row) => row.name)).toContain("generalised_cost × 100");
  expect(rows.find((row) => row.name === "generalised_cost × 100")!.estimate).toBeCloseTo(-1.5501);
  expect(rows.find((row) => row.name === "asc_air")!.estimate).toBe(5.2074);
  expect(coefficients(estimates).usermeta.caption).toContain("times a power of ten");
});

test("an unbounded interval ends where the widest bounded one does, and a fixed coefficient has none", () => {
  const table = Table.of({
    name: ["a", "b", "c"],
    estimate: [1, 2, 1],
    lower: [0.5, Number.NEGATIVE_INFINITY, Number.NaN],
    upper: [1.5, 3, Number.NaN],
  });
  const rows = drawn(coefficients(table));
  expect(rows[1]).toMatchObject({ lower: 0.5, upper: 3 });
  expect(rows[2]).toMatchObject({ lower: null, upper: null });
});

test("the same coefficients of two models stand side by side", async () => {
  const table = Table.of({
    name: ["cost", "time", "cost", "time"],
    estimate: [-1, -2, -1.1, -2.2],
    lower: [-2, -3, -2, -3],
    upper: [-0.5, -1, -0.5, -1],
    model: ["base", "base", "scaled", "scaled"],
  });
  const svg = await toSvg(coefficients(table));
  for (const word of ["base", "scaled", "cost", "time"]) expect(svg).toContain(`>${word}</text>`);
});

test("shares stay between 0 and 1 also where an interval leaves them", () => {
  const table = Table.of({
    alternative: ["a"],
    observed: [0.01],
    predicted: [0.02],
    lower: [-0.03],
    upper: [1.2],
  });
  expect(drawn(shares(table))[0]).toMatchObject({ lower: 0, upper: 1 });
});

test("the curve of an alternative that is large anywhere is named among many", async () => {
  const svg = await toSvg(probabilities(curves(products(60))));
  expect(svg).toContain(">product 1</text>");
  expect(svg.match(/>product \d+<\/text>/g)).toHaveLength(12);
  expect(probabilities(curves(products(60))).usermeta.caption).toContain("48 alternatives");
});

test("an attribute whose name holds dots and brackets is drawn", async () => {
  const { columns } = curves();
  const renamed = new Table(
    new Map([...columns].map(([name, column], i) => [i === 0 ? "price.[air]" : name, column])),
  );
  const plain = await toSvg(probabilities(curves(), { over: "x" }));
  expect(await toSvg(probabilities(renamed, { over: "x" }))).toBe(plain);
});

test("a table without the needed column complains with the nearest one", () => {
  const table = Table.of({ x: [1, 2], alternative: ["a", "a"], probabilty: [0.1, 0.2] });
  expect(() => probabilities(table)).toThrow("did you mean probabilty?");
});

test("text where numbers are needed complains", () => {
  const table = Table.of({ name: ["a"], estimate: ["much"], lower: [0], upper: [1] });
  expect(() => coefficients(table)).toThrow("column estimate holds text");
});
