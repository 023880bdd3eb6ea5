/** The subgroup audit: known numbers, what a term does to a residual, errors against refits, and what is refused. */
import { describe, expect, test } from "vitest";
import { byPerson, type ChoiceData, cell, subset, Table, wide } from "../../../src/data/index.ts";
import { fit, logit } from "../../../src/fit/index.ts";
import { random } from "../../../src/math/random.ts";
import { dataset } from "../../../src/node.ts";
import { audit, mend } from "../../../src/post/audit/index.ts";
import { cases, loadCase } from "../../cases/case.ts";
import { type Row, simulatedRows, type World } from "../calibration/simulated.ts";

const number = (table: Table, column: string, row: number): number =>
  cell(table.column(column), row) as number;
const rowOf = (table: Table, wanted: Readonly<Record<string, string>>): number =>
  Array.from({ length: table.rows }, (_, row) => row).find((row) =>
    Object.entries(wanted).every(([name, value]) => String(cell(table.column(name), row)) === value),
  )!;

/** Two regions that choose alike, or of which the second likes b more; `rank` has many values. */
function regions(world: World, liking = 0) {
  const { uniform, below } = random(world.seed + 1000);
  let last = -1;
  let own = { region: "north", rank: 0 };
  const rows = simulatedRows(world).map((row): Row => {
    if (row.id !== last) own = { region: ["north", "south"][below(2)], rank: below(1000) };
    last = row.id;
    const turned = own.region === "south" && uniform() < liking;
    return { ...row, ...own, ...(turned ? { choice: "b" } : {}) };
  });
  return wide(Table.from(rows), {
    choice: "choice",
    alternatives: ["a", "b", "c"],
    attributes: { x: "x_{alternative}" },
    person: "id",
  });
}

describe("Swissmetro by luggage and age", () => {
  const swissmetro = cases.find(({ name }) => name === "readme_swissmetro_logit")!;
  const missing = `needs ${swissmetro.file}`;

  test("GROUP 2: train is predicted 14.4 points less than it is chosen, z = −19.9", async ({ skip }) => {
    if (!swissmetro.found) skip(missing);
    const { model, data } = loadCase(swissmetro);
    const [, shares] = await audit(await fit(model, data), { by: "GROUP", draws: 20 });
    const row = rowOf(shares, { group: "2", alternative: "train" });
    expect(100 * number(shares, "gap", row)).toBeCloseTo(-14.4, 1);
    expect(number(shares, "z if right", row)).toBeCloseTo(-19.9, 1);
    expect(cell(shares.column("verdict"), row)).toBe("fails");
    expect(cell(shares.column("term"), row)).toBe("asc_train_GROUP_2 * (GROUP == 2)");
    expect(`${shares}`).toContain("GROUP 2: train is predicted 14.4 points less than it is chosen");
  });

  test("its terms drive every failing residual to zero", async ({ skip }) => {
    if (!swissmetro.found) skip(missing);
    const { model, data } = loadCase(swissmetro);
    const before = await fit(model, data);
    const [, shares] = await audit(before, { by: ["GROUP", "AGE"], draws: 20 });
    const after = await fit(mend(before, shares), data);
    expect(after.message).toContain("converged");
    const [, mended] = await audit(after, { by: ["GROUP", "AGE"], draws: 20 });
    let failed = 0;
    for (let row = 0; row < shares.rows; row++) {
      if (cell(shares.column("verdict"), row) !== "fails") continue;
      failed++;
      expect(Math.abs(number(mended, "gap", row))).toBeLessThan(1e-8);
    }
    expect(failed).toBeGreaterThan(8);
  });

  test("a group of one person is shown and not judged, and gets no term", async ({ skip }) => {
    if (!swissmetro.found) skip(missing);
    const { model, data } = loadCase(swissmetro);
    const [, shares, , gaps] = await audit(await fit(model, data), { by: "AGE", draws: 20 });
    const row = rowOf(shares, { group: "6", alternative: "train" });
    expect(number(shares, "gap", row)).toBeLessThan(-0.7);
    expect(cell(shares.column("z"), row)).toBeNull();
    expect(cell(shares.column("verdict"), row)).toBe("too few");
    expect(cell(shares.column("term"), row)).toBe("");
    expect(rowOf(gaps, { group: "6" })).toBeUndefined();
  });
});

test("a region that likes b more than the model says fails, is named, and is mended by its term", async () => {
  const data = regions({ persons: 250, tasks: 4, seed: 3 }, 0.25);
  const before = await fit(logit("x"), data);
  const [, shares] = await audit(before, { by: "region", draws: 20 });
  const row = rowOf(shares, { group: "south", alternative: "b" });
  expect(cell(shares.column("verdict"), row)).toBe("fails");
  expect(`${shares}`).toMatch(/region south: b is predicted [\d.]+ points less than it is chosen/);
  const after = await fit(mend(before, shares), data);
  const term = after.parameters.find(({ name }) => name.startsWith("asc_b_region_"))!;
  expect(term.name.endsWith("south") ? term.estimate : -term.estimate).toBeGreaterThan(0.3);
  const [, mended] = await audit(after, { by: "region", draws: 20 });
  expect(Math.abs(number(mended, "gap", row))).toBeLessThan(1e-9);
  expect(mended.display.notes![0]).toContain("No group fails");
  expect(() => mend(after, mended)).toThrow("asks for no term");
});

test("where all groups choose as the model says, z has mean square 1", async () => {
  const squares: number[] = [];
  for (let seed = 0; seed < 50; seed++) {
    const data = regions({ persons: 60, tasks: 3, seed });
    const [, shares] = await audit(await fit(logit("x"), data), { by: "region", draws: 2 });
    squares.push(number(shares, "z", rowOf(shares, { group: "south", alternative: "b" })) ** 2);
  }
  // χ²(50) / 50 has standard deviation 0.2.
  const mean = squares.reduce((sum, each) => sum + each) / squares.length;
  expect(mean).toBeGreaterThan(0.5);
  expect(mean).toBeLessThan(1.5);
});

test("standard errors are those of leaving out one person after the other and fitting again", async () => {
  const data = regions({ persons: 45, tasks: 4, seed: 11, spread: 0.8 }, 0.1);
  const question = async (part: typeof data) => {
    const [, shares, measures] = await audit(await fit(logit("x"), part), {
      by: "region",
      draws: 2,
      least: 2,
    });
    const at = (measure: string): number =>
      number(measures, "value", rowOf(measures, { group: "south", measure }));
    const share = number(shares, "gap", rowOf(shares, { group: "south", alternative: "b" }));
    return [share, at("log loss"), at("entropy"), at("temperature")];
  };
  const [, shares, measures] = await audit(await fit(logit("x"), data), { by: "region", draws: 2 });
  const error = (measure: string): number =>
    number(measures, "std. error", rowOf(measures, { group: "south", measure }));
  const claimed = [
    number(shares, "std. error", rowOf(shares, { group: "south", alternative: "b" })),
    error("log loss"),
    error("entropy"),
    error("temperature"),
  ];
  const people = byPerson(data);
  const left: number[][] = [];
  for (const person of people.keys()) {
    const rest = people.flatMap((situations, i) => (i === person ? [] : [...situations]));
    left.push(
      await question(
        subset(
          data,
          rest.sort((a, b) => a - b),
        ),
      ),
    );
  }
  claimed.forEach((each, k) => {
    const mean = left.reduce((sum, found) => sum + found[k], 0) / left.length;
    const squares = left.reduce((sum, found) => sum + (found[k] - mean) ** 2, 0);
    const jackknife = Math.sqrt(((left.length - 1) / left.length) * squares);
    expect(each / jackknife).toBeGreaterThan(0.9);
    expect(each / jackknife).toBeLessThan(1.02);
  });
});

describe("groups", () => {
  test("a number with many values is cut into parts that hold every choice once", async () => {
    const data = regions({ persons: 120, seed: 5 });
    const [groups] = await audit(await fit(logit("x"), data), { by: "rank", quantiles: 3, draws: 2 });
    expect(groups.rows).toBe(3);
    const sizes = [0, 1, 2].map((row) => number(groups, "choices", row));
    expect(sizes.reduce((sum, size) => sum + size)).toBe(data.situations);
    for (const size of sizes) expect(Math.abs(size - 40)).toBeLessThan(5);
  });

  test("an expression makes groups too", async () => {
    const data = regions({ persons: 120, seed: 5 });
    const [groups] = await audit(await fit(logit("x"), data), { by: "rank > 700", draws: 2 });
    expect(groups.rows).toBe(2);
    expect(cell(groups.column("condition"), 1)).toBe("(rank > 700) == 1");
  });

  test("profiles without labels are audited by their place, and get no term", async () => {
    const data = await dataset("conjoint");
    const [, shares] = await audit(await fit(logit("price + battery"), data), { by: "task", draws: 2 });
    expect(
      new Set(Array.from({ length: shares.rows }, (_, i) => cell(shares.column("alternative"), i))).size,
    ).toBe(3);
    for (let row = 0; row < shares.rows; row++) expect(cell(shares.column("term"), row)).toBe("");
  });

  test.each([
    [{ by: [] }, "an audit needs groups"],
    [{ by: "regoin" }, "did you mean region?"],
    [{ by: "x" }, "varies over the alternatives"],
    [{ by: "rank >= 0" }, "is the same everywhere"],
    [{ by: "region", control: "bonferroni" }, "holm or benjamini-hochberg"],
    [{ by: "rank", quantiles: 1.5 }, "two parts or more"],
  ])("%j is refused", async (options, says) => {
    const found = await fit(logit("x"), regions({ persons: 40, seed: 5 }));
    await expect(audit(found, { draws: 2, ...(options as { by: string }) })).rejects.toThrow(says);
  });
});

test("willingness to pay by group: as the model implies, and as the group alone says", async () => {
  const data = await dataset("rp-sp");
  const found = await fit(logit("cost + time"), data);
  const options = { by: "source", wtp: { of: "time", per: "cost" }, draws: 2 };
  const [, , measures] = await audit(found, options);
  const by = (group: string, measure: string): number =>
    number(measures, "value", rowOf(measures, { group, measure }));
  const ratio = ({ parameters }: typeof found): number => {
    const [cost, time] = ["cost", "time"].map(
      (name) => parameters.find((each) => each.name === name)!.estimate,
    );
    return -time / cost;
  };
  for (const group of data.levels("source")) {
    const own = byLevel(data, "source", group);
    expect(by(group, "willingness to pay")).toBeCloseTo(ratio(found), 8);
    expect(by(group, "willingness to pay, fitted to the group")).toBeCloseTo(
      ratio(await fit(found.model, own)),
      8,
    );
  }
});

function byLevel(data: ChoiceData, column: string, level: string): ChoiceData {
  const { values, addressing } = data.column(`${column}_${data.levels(column)[1]}`)!;
  const second = level === data.levels(column)[1] ? 1 : 0;
  const all = Array.from({ length: data.situations }, (_, s) => s);
  return subset(
    data,
    all.filter((s) => values[addressing === "situation" ? s : data.start[s]] === second),
  );
}
