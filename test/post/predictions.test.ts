import { describe, expect, test } from "vitest";
import { backends } from "../../src/backends/index.ts";
import { long, Table, wide } from "../../src/data/index.ts";
import { fit, logit } from "../../src/fit/index.ts";
import { logsums, predict, shares, situationLogsums } from "../../src/post/index.ts";
import {
  distance,
  fitted,
  labelled,
  longOptions,
  longRows,
  numbersIn,
  ragged,
  tableOf,
  textsIn,
  unlabelled,
  weighted,
  worldNames,
  worlds,
} from "./worlds.ts";

describe.each(worldNames)("%s choice sets", (name) => {
  test("probabilities sum to one in every situation", async () => {
    for (const seed of [1, 2, 3]) {
      const { fit: found, data } = await fitted(worlds[name], seed);
      const table = await predict(found);
      const probability = numbersIn(table, "probability");
      expect(table.rows).toBe(data.rows);
      for (let s = 0; s < data.situations; s++) {
        const each = probability.slice(data.start[s], data.start[s + 1]);
        expect(each.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }
    }
  });

  test("the log-likelihood is that of the predicted probabilities of what was chosen", async () => {
    const { fit: found, data } = await fitted(worlds[name], 4);
    const probability = numbersIn(await predict(found), "probability");
    const total = [...data.chosen!].reduce(
      (sum, row, s) => sum + (data.weight?.[s] ?? 1) * Math.log(probability[row]),
      0,
    );
    expect(total).toBeCloseTo(found.logLikelihood, 8);
  });

  test("shares are the weighted means of the probabilities", async () => {
    const { fit: found, data } = await fitted(worlds[name], 5);
    const probability = numbersIn(await predict(found), "probability");
    const table = await shares(found);
    const names = textsIn(table, "alternative");
    const totals = names.map(() => 0);
    let all = 0;
    for (let s = 0; s < data.situations; s++) {
      const weight = data.weight?.[s] ?? 1;
      all += weight;
      for (let row = data.start[s]; row < data.start[s + 1]; row++)
        totals[data.alternative?.[row] ?? row - data.start[s]] += weight * probability[row];
    }
    const wanted = totals.map((total) => total / all);
    expect(distance(numbersIn(table, "predicted"), wanted)).toBeLessThan(1e-12);
  });

  test("every backend gives the same", async () => {
    const seed = 6;
    const tables = await Promise.all(
      backends.map(async (backend) => {
        const { fit: found } = await fitted(worlds[name], seed, { backend: backend.name });
        expect(found.backend).toBe(backend.name);
        return shares(found, { scenario: { cost: "cost * 1.1" } });
      }),
    );
    for (const column of ["before", "predicted", "std. error", "change", "change se"])
      for (const table of tables)
        expect(distance(numbersIn(table, column), numbersIn(tables[0], column))).toBeLessThan(1e-7);
  });
});

test("with a constant for every alternative the predicted shares are the observed ones", async () => {
  for (const make of [labelled, weighted, ragged]) {
    const table = await shares((await fitted(make, 7)).fit);
    expect(distance(numbersIn(table, "predicted"), numbersIn(table, "observed"))).toBeLessThan(1e-7);
  }
});

test("the logsum of a situation is ln Σ exp V, and its mean is the weighted mean", async () => {
  const { fit: found, data } = await fitted(weighted, 8);
  const value = Object.fromEntries(found.parameters.map(({ name, estimate }) => [name, estimate]));
  const at = (column: string, row: number) => numbersIn(data.table, column)[row];
  const each = numbersIn(await situationLogsums(found), "logsum");
  let [total, weights] = [0, 0];
  for (let s = 0; s < data.situations; s++) {
    let sum = 0;
    for (let row = data.start[s]; row < data.start[s + 1]; row++) {
      const label = data.labels![data.alternative![row]];
      const own =
        label === "train" ? 0 : value[`asc_${label}`] + value[`income_${label}`] * at("income", row);
      sum += Math.exp(
        own + value.time * at("time", row) + value.cost * at("cost", row) + value.seat * at("seat", row),
      );
    }
    expect(each[s]).toBeCloseTo(Math.log(sum), 10);
    total += data.weight![s] * Math.log(sum);
    weights += data.weight![s];
  }
  expect(numbersIn(await logsums(found), "value")[0]).toBeCloseTo(total / weights, 10);
});

describe("other data", () => {
  const other = (options: { choice?: null }, keep = "1 == 1") =>
    long(tableOf(longRows(99)).filter(keep), { ...longOptions, ...options });

  test("need no choices", async () => {
    const { fit: found } = await fitted(labelled, 9);
    const table = await predict(found, { data: other({ choice: null }) });
    expect(table.names).toEqual(["situation", "alternative", "probability"]);
    expect((await shares(found, { data: other({ choice: null }) })).names).not.toContain("observed");
  });

  test("may have their alternatives in another order", async () => {
    const { fit: found } = await fitted(labelled, 9);
    const rows = longRows(99, { situations: 30 });
    const turned = rows.toSorted((a, b) => String(a.mode).localeCompare(String(b.mode)));
    const by = async (all: typeof rows) => {
      const table = await predict(found, { data: long(tableOf(all), longOptions) });
      const names = textsIn(table, "situation").map((id, i) => `${id} ${textsIn(table, "alternative")[i]}`);
      const probability = numbersIn(table, "probability");
      return new Map(names.map((name, i) => [name, probability[i]]));
    };
    const [straight, other] = [await by(rows), await by(turned)];
    expect(other.size).toBe(90);
    for (const [name, probability] of straight) expect(other.get(name)).toBeCloseTo(probability, 12);
  });

  test("may lack an alternative altogether, which is as if it were never available", async () => {
    const { fit: found } = await fitted(labelled, 9);
    const without = other({ choice: null }, 'mode != "bus"');
    const table = await predict(found, { data: without });
    const all = await predict(found, { data: other({ choice: null }) });
    const [some, every] = [numbersIn(table, "probability"), numbersIn(all, "probability")];
    for (let s = 0; s < without.situations; s++) {
      const [train, , car] = every.slice(3 * s, 3 * s + 3);
      expect(some[2 * s]).toBeCloseTo(train / (train + car), 12);
    }
    const table2 = await shares(found, { data: without });
    expect(textsIn(table2, "alternative")).toEqual(["train", "car"]);
    expect(numbersIn(table2, "std. error").every((error) => error > 0)).toBe(true);
  });

  test("with an alternative that the model does not know are refused", async () => {
    const { fit: found } = await fitted(labelled, 9);
    const rows = longRows(99).map((row) => ({ ...row, mode: row.mode === "bus" ? "plane" : row.mode }));
    await expect(predict(found, { data: long(tableOf(rows), longOptions) })).rejects.toThrow(
      /alternative plane has no utility/,
    );
  });

  test("without a column that the model needs are refused, by name", async () => {
    const { fit: found } = await fitted(labelled, 9);
    const table = tableOf(longRows(99)).select(["situation", "mode", "cost", "seat", "income"]);
    const data = long(table, { situation: "situation", alternative: "mode", choice: null });
    await expect(predict(found, { data })).rejects.toThrow(/there is no column or attribute time/);
  });

  test.each(["dummy", "effects"] as const)(
    "keep the levels and the reference of the fit, %s coded",
    async (coding) => {
      const options = { ...longOptions, categories: { region: { reference: "south", coding } } } as const;
      const found = await fit(logit("time + cost | region"), long(tableOf(longRows(10)), options));
      expect(found.converged).toBe(true);
      const rows = longRows(10);
      const whole = await predict(found);
      const kept = rows.flatMap((row, i) => (row.region === "west" ? [i] : []));
      const west = long(tableOf(kept.map((i) => rows[i])), longOptions);
      const expected = kept.map((i) => numbersIn(whole, "probability")[i]);
      expect(distance(numbersIn(await predict(found, { data: west }), "probability"), expected)).toBeLessThan(
        1e-12,
      );
      const strange = long(tableOf(rows.map((row) => ({ ...row, region: "wst" }))), longOptions);
      await expect(predict(found, { data: strange })).rejects.toThrow(
        /"wst" here, which the fit has never seen/,
      );
    },
  );

  test("of profiles may have more of them in a choice than the fit had", async () => {
    const { fit: found } = await fitted(unlabelled, 11);
    const rows = Array.from({ length: 90 }, (_, i) => ({ task: 1, time: i, cost: 5, seat: 0 }));
    const data = long(Table.from(rows), { situation: "task", choice: null });
    const probability = numbersIn(await predict(found, { data }), "probability");
    expect(probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    await expect(shares(found, { data })).rejects.toThrow(/too many to be told apart/);
  });
});

test("an alternative called 0, and ids that are numbers, keep their names", async () => {
  const table = Table.of({ id: [11, 12, 13, 14], pick: [0, 1, 1, 0], x0: [1, 2, 3, 4], x1: [2, 1, 5, 3] });
  const data = wide(table, {
    choice: "pick",
    alternatives: [0, 1],
    situation: "id",
    attributes: { x: "x{alternative}" },
  });
  const found = await fit(logit("x | 0"), data);
  const predicted = await predict(found);
  expect(textsIn(predicted, "alternative").slice(0, 2)).toEqual(["0", "1"]);
  expect(textsIn(predicted, "situation")[2]).toBe("12");
});
