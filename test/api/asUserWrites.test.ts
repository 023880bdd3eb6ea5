/** The public API as a user writes it: design section 4, and the bundled data, through the package's own door. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as core from "../../src/index.ts";
import * as ls from "../../src/node.ts";

const data = join(import.meta.dirname, "../../../shared/data");
const present = existsSync(join(data, "swissmetro.csv")) && existsSync(join(data, "fishing.csv"));
const folder = mkdtempSync(join(tmpdir(), "logsum-api-"));

const number = (table: ls.Table, name: string, row = 0): number => {
  const column = table.column(name);
  if (column.kind !== "number") throw new Error(`${name} holds no numbers`);
  return column.values[row];
};

describe.skipIf(!present)(`the design's example${present ? "" : ` (needs ${data})`}`, () => {
  test("runs from the file to the report", async () => {
    const table = await ls.readCsv(join(data, "swissmetro.csv"));
    const trips = ls.wide(table.filter("(PURPOSE == 1 or PURPOSE == 3) and CHOICE != 0"), {
      choice: "CHOICE",
      alternatives: { train: 1, sm: 2, car: 3 },
      available: { train: "TRAIN_AV * (SP != 0)", sm: "SM_AV", car: "CAR_AV * (SP != 0)" },
      attributes: {
        time: { train: "TRAIN_TT", sm: "SM_TT", car: "CAR_TT" },
        cost: { train: "TRAIN_CO * (GA == 0)", sm: "SM_CO * (GA == 0)", car: "CAR_CO" },
      },
      person: "ID",
    });
    const fishing = ls.long(await ls.readCsv(join(data, "fishing.csv")), {
      situation: "id",
      alternative: "alt",
      choice: "choice",
    });

    const fish = await ls.fit(ls.logit("price + catch | income"), fishing);
    expect(`${fish}`).toMatch(/price +-0\.025/);
    expect(fish.covariance.kind).toBe("hessian");

    const spec = ls.spec({
      parameters: { asc_train: 0, asc_car: 0, b_time: 0, b_cost: { start: 0, upper: 0 } },
      utilities: {
        train: "asc_train + b_time * time / 100 + b_cost * cost / 100",
        sm: "            b_time * time / 100 + b_cost * cost / 100",
        car: "asc_car   + b_time * time / 100 + b_cost * cost / 100",
      },
    });
    const steps: number[] = [];
    const base = await ls.fit(ls.logit(spec), trips, { onStep: ({ value }) => steps.push(value) });
    expect(base.logLikelihood).toBeCloseTo(-5331.252, 3);
    expect(base.covariance.kind).toBe("cluster");
    expect(steps.at(-1)).toBeCloseTo(base.logLikelihood, 6);
    const scaled = await ls.fit(ls.logit(ls.tempered(spec, { by: "GROUP" })), trips);
    expect(scaled.logLikelihood).toBeCloseTo(-4976.691, 3);

    expect(String(ls.compare({ base, scaled }))).toContain("-4976.691");
    expect((await ls.elasticities(base, { of: "cost" })).rows).toBe(9);
    expect(number(await ls.wtp(base, { of: "time", per: "cost" }), "wtp")).toBeCloseTo(-1.179, 3);
    expect(number(await ls.derived(base, { ratio: "b_time / b_cost" }), "value")).toBeCloseTo(1.179, 3);
    const dearer = await ls.shares(base, { scenario: { "cost.car": "cost * 1.2" } });
    expect(number(dearer, "change", 2)).toBeLessThan(0);
    expect(number(await ls.marginalEffects(base, { of: "time" }), "effect")).toBeLessThan(0);
    expect((await ls.predict(base)).rows).toBe(trips.rows);
    const gain = await ls.surplus(base, { scenario: { "cost.sm": "cost * 0.9" }, per: "cost" });
    expect(number(gain, "value")).toBeCloseTo(5.744, 3);

    const chart = await ls.charts.probabilities(base, { over: "cost", of: "sm" });
    expect(chart.$schema).toContain("vega-lite");
    expect(await ls.toSvg(chart)).toMatch(/^<svg/);
    const file = join(folder, "study.html");
    await ls.save(ls.report([base, scaled], { cost: "cost" }), file);
    const page = readFileSync(file, "utf8");
    for (const heading of ["Data", "Models side by side", "Estimates, model 1", "Temperature, model 2"])
      expect(page).toContain(heading);
    const shown = page.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, "");
    expect(shown.match(/.{0,60}(NaN|undefined|\[object).{0,60}/g)).toBeNull();
  });
});

test("bundled datasets come as their studies arrange them, ready to fit", async () => {
  const trips = await ls.dataset("travel-mode");
  const fit = await ls.fit(ls.logit("gc + ttme | hinc"), trips);
  expect(fit.converged).toBe(true);
  expect(trips.situations).toBe(210);
  await expect(ls.dataset("travelmode")).rejects.toThrow(/did you mean travel-mode/);
});

test("a study file gives data, model and options", async () => {
  const study = join(import.meta.dirname, "../../datasets/travel-mode.json");
  const { data, model, options } = await ls.readStudy(study);
  const fit = await ls.fit(model, data, options);
  expect(fit.logLikelihood).toBeCloseTo(-199.128, 3);
});

test("text and pictures are saved in folders that are made", async () => {
  const trips = await ls.dataset("travel-mode");
  const fit = await ls.fit(ls.logit("gc + ttme"), trips);
  const table = ls.summary(fit);
  await ls.save(ls.latex(table), join(folder, "paper/table.tex"));
  expect(readFileSync(join(folder, "paper/table.tex"), "utf8")).toContain("\\begin{table}");
  await ls.save(ls.toPng(await ls.charts.coefficients(fit)), join(folder, "paper/figure.png"));
  expect(readFileSync(join(folder, "paper/figure.png")).subarray(1, 4).toString()).toBe("PNG");
  expect(ls.csv(table).split("\r\n")[0]).toBe("parameter,estimate,std. error,z,p,lower,upper");
  expect(ls.markdown(table)).toContain("| gc");
  expect(ls.html(table)).toContain("<table>");
});

test("charts are drawn from a fit, or from a table of one's own", async () => {
  const trips = await ls.dataset("travel-mode");
  const fit = await ls.fit(ls.logit("gc + ttme"), trips);
  const shares = await ls.shares(fit);
  const [own, other] = [await ls.charts.shares(fit), await ls.charts.shares(shares)];
  const caption = other.usermeta.caption;
  expect(own.usermeta.caption).toBe(
    `${caption} Multinomial logit, 210 choices. Standard errors from the exact Hessian.`,
  );
  const drawn = ({ usermeta, description, ...rest }: typeof own): string => JSON.stringify(rest);
  expect(drawn(own)).toBe(drawn(other));
  const heat = await ls.charts.elasticities(fit, { of: "gc" });
  expect(JSON.stringify(heat)).toContain("gc");
});

test("a file that is not there names the nearest one", async () => {
  const near = join(import.meta.dirname, "../../datasets/travelmode.csv");
  await expect(ls.readCsv(near)).rejects.toThrow(/no such file[\s\S]*did you mean travel-mode.csv/);
});

test("what Node has, browsers have, but for files", () => {
  const files = Object.keys(ls).filter((name) => !(name in core));
  expect(files.sort()).toEqual(expect.arrayContaining(["dataset", "readStudy", "save", "toPng"]));
  for (const name of [
    "fit",
    "logit",
    "spec",
    "tempered",
    "wide",
    "long",
    "wtp",
    "shares",
    "report",
    "charts",
  ])
    expect(core).toHaveProperty(name);
});
