/** Simulated samples with a known truth, for coverage.mjs. A case has its truth, its model, and data for a seed. */
import * as ls from "../dist/index.js";

const tasks = 8;

/** mulberry32: a small generator, so that the script says all that it does. */
function dice(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  const gumbel = () => -Math.log(-Math.log(uniform()));
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, gumbel };
}

/** Choices between three alternatives with attributes x and y, a person's own columns in every row. */
function panel(seed, persons, personOf) {
  const { uniform, normal, gumbel } = dice(seed * 7919);
  const rows = [];
  for (let person = 0; person < persons; person++) {
    const { utility, shown = {} } = personOf({ uniform, normal, gumbel });
    for (let t = 0; t < tasks; t++) {
      const set = [0, 1, 2].map(() => ({ x: normal(), y: normal() }));
      const values = set.map((each, j) => utility(each, j) + gumbel());
      const best = values.indexOf(Math.max(...values));
      for (const [alt, each] of set.entries())
        rows.push({ person, task: person * tasks + t, alt, choice: Number(alt === best), ...each, ...shown });
    }
  }
  const columns = Object.fromEntries(
    Object.keys(rows[0]).map((name) => [name, rows.map((row) => row[name])]),
  );
  return ls.Table.of(columns);
}

const mixed = {
  truth: { b_x: 1, b_y: -0.5, sd_b_x: 0.8 },
  model: ls.logit(
    ls.mixed(
      { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x + b_y * y" },
      { b_x: ls.normal() },
      { draws: ls.sobol(128) },
    ),
  ),
  data(seed, persons) {
    const { b_x, b_y, sd_b_x } = mixed.truth;
    const table = panel(seed, persons, ({ normal }) => {
      const own = b_x + sd_b_x * normal();
      return { utility: ({ x, y }) => own * x + b_y * y };
    });
    return ls.long(table, { situation: "task", choice: "choice", person: "person" });
  },
};

const hybrid = {
  truth: {
    asc: 0.4,
    b_x: -1,
    lambda: 0.7,
    gamma_green_female: 0.8,
    loading_green_a: 1.3,
    threshold_a_1: -1.5,
    threshold_a_2: 0,
    threshold_a_3: 1.5,
    loading_green_b: -0.8,
    threshold_b_1: -0.5,
    threshold_b_2: 0.7,
    loading_green_c: 2,
    constant_c: 5,
    sigma_c: 3,
  },
  model: ls.logit(
    ls.hybrid(
      {
        parameters: { asc: 0, b_x: 0, lambda: 0 },
        utilities: { 0: "asc + lambda * green + b_x * x", 1: "b_x * x", 2: "b_x * x" },
      },
      {
        green: {
          on: "female",
          indicators: { a: "ordered", b: { kind: "ordered", link: "probit" }, c: "continuous" },
        },
      },
      { draws: ls.sobol(256) },
    ),
  ),
  data(seed, persons) {
    const { asc, b_x, lambda, ...of } = hybrid.truth;
    const level = (latent, ...thresholds) => 1 + thresholds.filter((each) => latent > each).length;
    const table = panel(seed, persons, ({ uniform, normal, gumbel }) => {
      const female = Number(uniform() < 0.5);
      const eta = of.gamma_green_female * female + normal();
      const [a, b] = [of.loading_green_a * eta + gumbel() - gumbel(), of.loading_green_b * eta + normal()];
      return {
        utility: ({ x }, j) => b_x * x + (j === 0 ? asc + lambda * eta : 0),
        shown: {
          female,
          a: level(a, of.threshold_a_1, of.threshold_a_2, of.threshold_a_3),
          b: level(b, of.threshold_b_1, of.threshold_b_2),
          c: of.constant_c + of.loading_green_c * eta + of.sigma_c * normal(),
        },
      };
    });
    return ls.long(table, { situation: "task", alternative: "alt", choice: "choice", person: "person" });
  },
};

export const cases = { mixed, hybrid };
