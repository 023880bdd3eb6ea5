/**
 * The probit of R's mlogit: which draws it took, and what its estimates are worth. `halton = NA` is not heard there for
 * probits: the draws are those of R's generator (Mersenne Twister, seed 10), written out below.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCsv } from "../../src/data/csv.ts";
import { type ChoiceData, wide } from "../../src/data/index.ts";
import { normalCdf } from "../../src/expr/normal.ts";
import { fit, multinomialProbit } from "../../src/fit/index.ts";
import { normalQuantile } from "../../src/math/normalQuantile.ts";
import { halton } from "../../src/spec/index.ts";

const folder = join(import.meta.dirname, "../../../shared");
const file = join(folder, "data/fishing_wide.csv");
const labels = ["beach", "boat", "pier"];
const found = existsSync(file);
const reference = (): {
  loglik: number;
  coefficients: Record<string, number>;
  se_opg: Record<string, number>;
} => JSON.parse(readFileSync(join(folder, "reference/mlogit_mnp_fishing3_R500halton.json"), "utf8"));
const names: Record<string, string> = {
  asc_boat: "(Intercept):boat",
  asc_pier: "(Intercept):pier",
  price: "price",
  income_boat: "income:boat",
  income_pier: "income:pier",
  catch_beach: "catch:beach",
  catch_boat: "catch:boat",
  catch_pier: "catch:pier",
  chol_boat_pier: "boat.pier",
  chol_pier_pier: "pier.pier",
};

/** Those who chose the beach, a boat or the pier. */
function anglers(): ChoiceData {
  const attribute = (name: string) => Object.fromEntries(labels.map((label) => [label, `${name}.${label}`]));
  return wide(parseCsv(readFileSync(file, "utf8")).filter('mode != "charter"'), {
    choice: "mode",
    alternatives: labels,
    attributes: { price: attribute("price"), catch: attribute("catch") },
  });
}
const asked = (draws: object) =>
  multinomialProbit({ formula: "price | income | catch", reference: "beach", draws });

test("mlogit's log-likelihood is that of 500 numbers a choice from R's generator, to all digits", ({
  skip,
}) => {
  if (!found) skip(`needs ${file}`);
  const { loglik, coefficients } = reference();
  const data = anglers();
  const uniform = generatorOfR(10);
  expect(uniform()).toBeCloseTo(0.5074782, 7);
  const restart = generatorOfR(10);
  let total = 0;
  for (let s = 0; s < data.situations; s++) total += Math.log(simulated(data, s, coefficients, 500, restart));
  expect(total).toBeCloseTo(loglik, 9);
});

test("its estimates are ours up to what 500 draws leave open, and the integral has its maximum near both", async ({
  skip,
}) => {
  if (!found) skip(`needs ${file}`);
  const { loglik, coefficients, se_opg } = reference();
  const data = anglers();
  const drawn = await fit(asked(halton(500, { drop: 100 })), data);
  const exact = await fit(asked({ kind: "gaussHermite", count: 24 }), data);
  for (const each of [drawn, exact]) {
    expect(each.converged, each.message).toBe(true);
    expect(Math.abs(each.logLikelihood - loglik)).toBeLessThan(0.2);
    for (const { name, estimate } of each.parameters)
      expect(Math.abs(estimate - coefficients[names[name]]) / se_opg[names[name]], name).toBeLessThan(0.05);
  }
  expect(Math.abs(drawn.logLikelihood - exact.logLikelihood)).toBeLessThan(0.05);
});

/** P of the choice of situation s as GHK has it, in so many draws, written out for three alternatives. */
function simulated(
  data: ChoiceData,
  s: number,
  b: Record<string, number>,
  draws: number,
  uniform: () => number,
): number {
  const at = (name: string, j: number): number => data.column(name)!.values[data.rowAt(s, j)];
  const income = data.column("income")!.values;
  const V = labels.map(
    (label, j) =>
      (b[`(Intercept):${label}`] ?? 0) +
      b.price * at("price", j) +
      (b[`income:${label}`] ?? 0) * income[s] +
      b[`catch:${label}`] * at("catch", j),
  );
  const errors = [
    [0, 0],
    [1, 0],
    [b["boat.pier"], b["pier.pier"]],
  ];
  const i = labels.findIndex((_, j) => data.rowAt(s, j) === data.chosen![s]);
  const [first, second] = labels
    .flatMap((_, k) => (k === i ? [] : [k]))
    .map((k) => ({ V: V[k] - V[i], x: errors[k][0] - errors[i][0], y: errors[k][1] - errors[i][1] }));
  const c11 = Math.hypot(first.x, first.y);
  const c21 = (first.x * second.x + first.y * second.y) / c11;
  const c22 = Math.sqrt(second.x ** 2 + second.y ** 2 - c21 ** 2);
  const below = normalCdf(-first.V / c11);
  let sum = 0;
  for (let r = 0; r < draws; r++)
    sum += below * normalCdf(-(second.V + c21 * normalQuantile(uniform() * below)) / c22);
  return sum / draws;
}

/** R's runif after set.seed: MT19937 (Matsumoto & Nishimura 1998), its state filled by a congruential generator. */
function generatorOfR(seed: number): () => number {
  let filled = seed >>> 0;
  const next = (): number => {
    filled = (Math.imul(69069, filled) + 1) >>> 0;
    return filled;
  };
  for (let k = 0; k < 51; k++) next();
  const state = Uint32Array.from({ length: 624 }, next);
  let at = 624;
  return () => {
    if (at === 624) {
      for (let k = 0; k < 624; k++) {
        const y = (state[k] & 0x80000000) | (state[(k + 1) % 624] & 0x7fffffff);
        state[k] = state[(k + 397) % 624] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return (y >>> 0) * 2.3283064365386963e-10;
  };
}
