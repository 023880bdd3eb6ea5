/** The verbs on calibration, out-of-sample scores and market shares, as the command line calls them. */
import { expect, test } from "vitest";
import { toSvg } from "../../src/charts/index.ts";
import { cell } from "../../src/data/index.ts";
import { fit as fitted, logit } from "../../src/fit/index.ts";
import { verbs } from "../../src/verbs/index.ts";
import { simulated } from "../post/calibration/simulated.ts";

const fit = await fitted(logit("x"), simulated({ persons: 60, tasks: 3, seed: 61 }));

test.each([
  ["calibration", { bins: 5, by: "mass", folds: 3 }, 3],
  ["recalibration", { folds: 3 }, 2],
  ["cross-validation", { folds: 3 }, 1],
  ["market-shares", { shares: ["a=0.5", "b=0.2", "c=0.3"] }, 1],
  ["market-exponent", { shares: ["a=0.33", "b=0.45", "c=0.22"] }, 1],
])("%s answers with tables that print themselves", async (name, values, count) => {
  const tables = await verbs[name].run(fit, values);
  expect(tables.length).toBe(count);
  for (const table of tables) {
    expect(table.rows).toBeGreaterThan(0);
    expect(table.display.notes!.length).toBeGreaterThan(0);
    expect(`${table}`).toContain(table.display.title!);
  }
  expect(verbs[name].name).toBe(name);
});

test("the chart of calibration has a panel per event and needs nothing else", async () => {
  const tables = await verbs.calibration.run(fit, { bins: 5, folds: 3 });
  const svg = await toSvg(await verbs.calibration.chart!(tables, { theme: "print" }));
  for (const event of ["top label", "a", "b", "c"]) expect(svg).toContain(`>${event}<`);
  expect(svg).toContain("Predicted");
});

test("shares on the command line are one text or several", async () => {
  const [table] = await verbs["market-shares"].run(fit, { shares: "a=0.5, b=0.2, c=0.3" });
  expect(cell(table.column("after"), 0)).toBeCloseTo(0.5, 10);
  await expect(verbs["market-shares"].run(fit, { shares: "a:0.5" })).rejects.toThrow("alternative=share");
});
