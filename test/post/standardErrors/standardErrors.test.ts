/** Standard errors side by side: published ones, what clustering must do, and what is refused. */
import { describe, expect, test } from "vitest";
import { type ChoiceData, cell, long, Table } from "../../../src/data/index.ts";
import { type Fit, fit, logit } from "../../../src/fit/index.ts";
import { dataset } from "../../../src/node.ts";
import { standardErrors } from "../../../src/post/standardErrors/standardErrors.ts";
import { cases, loadCase } from "../../cases/case.ts";
import { longRows } from "../worlds.ts";

const column = (table: Table, name: string): number[] => {
  const found = table.column(name);
  return Array.from({ length: table.rows }, (_, row) => (cell(found, row) as number | null) ?? Number.NaN);
};
const close = (found: readonly number[], wanted: readonly number[], relative: number): void => {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, k) => {
    expect(Math.abs(value / wanted[k] - 1), `number ${k}: ${value} for ${wanted[k]}`).toBeLessThan(relative);
  });
};
const fitted = async (name: string, data: object = {}): Promise<Fit | null> => {
  const known = cases.find((each) => each.name === name)!;
  if (!known.found) return null;
  const study = { ...known.case.study, data: { ...known.case.study.data, ...data } };
  const loaded = loadCase({ ...known, case: { ...known.case, study } });
  return fit(loaded.model, loaded.data);
};

describe("published standard errors", () => {
  test("logitr 1.1.2 on electricity, clustered by id with the factor 361/360", async ({ skip }) => {
    const found = await fitted("mlogit_mnl_electricity", { person: "id" });
    if (!found) return skip("needs the electricity data");
    // Its maximum is stopped short: log-likelihood −4958.64911937693, estimates off by up to 7e-6.
    const wanted = [
      0.0334899621634178, 0.0140167244198623, 0.0788686059703128, 0.0638705708655877, 0.278154520385607,
      0.272715782664319,
    ];
    close(column(await standardErrors(found, { smallSample: true }), "cluster"), wanted, 2e-5);
  });

  test("survival 3.5.3 clogit on travel mode: naive, and robust by individual", async ({ skip }) => {
    const found = await fitted("mlogit_mnl_travelmode_greene");
    if (!found) return skip("needs the travel-mode data");
    const table = await standardErrors(found);
    const order = ["asc_air", "asc_train", "asc_bus", "gc", "ttme", "incair"];
    const names = Array.from({ length: table.rows }, (_, row) =>
      String(cell(table.column("parameter"), row)),
    );
    const pick = (kind: string): number[] => order.map((name) => column(table, kind)[names.indexOf(name)]);
    close(
      pick("hessian"),
      [
        0.779055142508077, 0.443126852001292, 0.45026593052734, 0.00440799307835216, 0.0104398465313473,
        0.0102624069997369,
      ],
      1e-6,
    );
    close(
      pick("robust"),
      [
        0.978815810045324, 0.517458275039523, 0.546257959748851, 0.00494755497295684, 0.0150602028769438,
        0.0092734048587031,
      ],
      1e-6,
    );
  });

  test("mlogit 2.0-0 on travel mode: the outer product of the scores", async ({ skip }) => {
    const found = await fitted("mlogit_mnl_travelmode_greene");
    if (!found) return skip("needs the travel-mode data");
    const wanted: Record<string, number> = {
      asc_air: 0.766245657772114,
      asc_train: 0.444926193982446,
      asc_bus: 0.437122746482623,
      gc: 0.00405259472350283,
      ttme: 0.00808286589514562,
      incair: 0.0119622886091687,
    };
    const order = found.parameters.map(({ name }) => wanted[name]);
    close(column(await standardErrors(found), "outer product"), order, 1e-5);
  });

  test("Swissmetro: clusters by the column of the person are those by person, and the factor is √(752/751)", async ({
    skip,
  }) => {
    const found = await fitted("readme_swissmetro_logit");
    if (!found) return skip("needs the Swissmetro data");
    const table = await standardErrors(found, { cluster: "ID" });
    close(column(table, "by ID"), column(table, "cluster"), 1e-12);
    const large = await standardErrors(found, { smallSample: true });
    close(
      column(large, "cluster"),
      column(table, "cluster").map((each) => each * Math.sqrt(752 / 751)),
      1e-12,
    );
  });
});

const world = (
  seed: number,
  by: (row: Record<string, string | number>) => object = () => ({}),
): ChoiceData => {
  const rows = longRows(seed, { situations: 240 }).map((row) => ({ ...row, ...by(row) }));
  return long(Table.from(rows), {
    situation: "situation",
    alternative: "mode",
    choice: "choice",
    person: "person",
  });
};
const model = logit("time + cost");

describe("clusters", () => {
  test("where every choice is its own cluster, clustered is robust", async () => {
    const table = await standardErrors(await fit(model, world(3)), { cluster: "situation" });
    close(column(table, "by situation"), column(table, "robust"), 1e-12);
  });

  test("two ways of which one holds the other are the coarser one", async () => {
    const data = world(4, ({ person }) => ({ village: Math.floor(Number(person) / 4) }));
    const found = await fit(model, data);
    const [two, one] = await Promise.all(
      [["person", "village"], ["village"]].map((cluster) => standardErrors(found, { cluster })),
    );
    close(column(two, "by person and village"), column(one, "by village"), 1e-10);
  });

  test("two ways are the sum of both less their intersection", async () => {
    const data = world(5, ({ situation }) => ({
      day: Number(String(situation).slice(1)) % 11,
      both: `${Math.floor(Number(String(situation).slice(1)) / 3)} ${Number(String(situation).slice(1)) % 11}`,
    }));
    const found = await fit(model, data);
    const square = async (cluster: string[]): Promise<number[]> =>
      column(await standardErrors(found, { cluster }), `by ${cluster.join(" and ")}`).map(
        (each) => each ** 2,
      );
    const [person, day, both, two] = [
      await square(["person"]),
      await square(["day"]),
      await square(["both"]),
      await square(["person", "day"]),
    ];
    close(
      two,
      person.map((each, k) => each + day[k] - both[k]),
      1e-10,
    );
  });

  test("the order of the ways does not matter", async () => {
    const data = world(6, ({ situation }) => ({ day: Number(String(situation).slice(1)) % 13 }));
    const found = await fit(model, data);
    const one = await standardErrors(found, { cluster: ["person", "day"] });
    const other = await standardErrors(found, { cluster: ["day", "person"] });
    close(column(one, "by person and day"), column(other, "by day and person"), 1e-12);
  });

  test.each([
    ["half", "there are 2 clusters for 4 parameters"],
    ["hafl", "did you mean half?"],
    ["mode", "mode changes within situation"],
    ["gap", "gap is missing"],
  ])("clusters by %s are refused", async (cluster, says) => {
    const data = world(7, ({ situation }) => ({
      half: Number(String(situation).slice(1)) % 2,
      gap: Number(String(situation).slice(1)) === 5 ? Number.NaN : 1,
    }));
    await expect(standardErrors(await fit(model, data), { cluster })).rejects.toThrow(says);
  });

  test("a cluster is not named twice", async () => {
    await expect(
      standardErrors(await fit(model, world(7)), { cluster: ["person", "person"] }),
    ).rejects.toThrow("named twice");
  });
});

describe("what to quote", () => {
  const said = async (found: Fit, options = {}): Promise<string> =>
    (await standardErrors(found, options)).display.notes!.join(" ");

  test("clustered, where persons chose several times", async () => {
    const notes = await said(await fit(logit("price + battery"), await dataset("conjoint")));
    expect(notes).toContain("Quote cluster: the choices of a person depend on each other");
    expect(notes).toMatch(/They are [\d.]+ to [\d.]+ times the Hessian's/);
  });

  test("robust, where everybody chose once", async () => {
    expect(await said(await fit(logit("gc"), await dataset("travel-mode")))).toContain("Quote robust");
  });

  test("few clusters are said to be few", async () => {
    expect(await said(await fit(model, world(8)), { cluster: "region" }).catch(String)).toMatch(/3 clusters/);
    const data = world(9, ({ person }) => ({ village: Math.floor(Number(person) / 8) }));
    expect(await said(await fit(model, data), { cluster: "village" })).toContain("10 clusters are few");
  });

  test("a bootstrap by person comes close to the clustered errors", async () => {
    const table = await standardErrors(await fit(model, world(10)), { bootstrap: 200 });
    column(table, "bootstrap").forEach((error, k) => {
      expect(error / column(table, "cluster")[k]).toBeGreaterThan(0.8);
      expect(error / column(table, "cluster")[k]).toBeLessThan(1.3);
    });
    expect(table.display.notes!.join()).toContain("Bootstrap: 200 replicates by person");
  });

  test("the outer product is what it says: the inverse of the sum of squared scores", async () => {
    // One coefficient: 1 / √ Σ s², and the sandwich is Hessian² / outer product.
    const found = await fit(logit("cost | 0"), world(11));
    const table = await standardErrors(found);
    const [hessian, outer, robust] = ["hessian", "outer product", "robust"].map(
      (kind) => column(table, kind)[0],
    );
    expect(robust).toBeCloseTo(hessian ** 2 / outer, 12);
  });
});

test("a parameter at a bound or fixed has none, and a fit without a maximum none at all", async () => {
  const specification = {
    parameters: { b_cost: { start: 0.1, lower: 0 }, b_time: 0, asc: { start: 1, fixed: true } },
    utilities: {
      train: "asc + b_cost * cost + b_time * time",
      bus: "b_cost * cost + b_time * time",
      car: "b_cost * cost + b_time * time",
    },
  };
  const table = await standardErrors(await fit(logit(specification), world(12)), {
    bootstrap: 5,
    cluster: "person",
  });
  for (const kind of ["hessian", "outer product", "robust", "cluster", "by person", "bootstrap"]) {
    const [cost, time, asc] = column(table, kind);
    expect([cost, asc]).toEqual([Number.NaN, Number.NaN]);
    expect(time).toBeGreaterThan(0);
  }
});
