/** Several parts at once: each composition is fitted, its derivatives are exact, and all backends agree on them. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import {
  fit,
  latentClass,
  logit,
  type ModelSpec,
  multinomialProbit,
  readModel,
} from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";
import { compile } from "../../src/program/index.ts";
import { mixed, sobol, tempered } from "../../src/spec/index.ts";

const labels = ["air", "train", "bus", "car"];

/** Persons with a taste for x of their own, in groups that pay heed to a different degree; five choices each. */
function panel(persons: number, seed = 4): ChoiceData {
  const source = random(seed);
  const rows = Array.from({ length: persons }, (_, who) => {
    const taste = 1 + 0.6 * source.normal();
    const group = who % 2 === 0 ? "paper" : "web";
    const scale = group === "paper" ? 1 : 0.6;
    return Array.from({ length: 5 }, (_task, t) => {
      const ground = source.gumbel();
      const set = labels.map((alt) => ({
        s: 5 * who + t,
        who,
        group,
        alt,
        x: source.normal(),
        cost: 1 + source.uniform(),
      }));
      const worth = set.map(
        ({ alt, x, cost }) =>
          scale * (taste * x - 1.5 * cost) + (alt === "air" ? 0 : 0.5 * ground) + source.gumbel(),
      );
      const order = worth.map((own) => 1 + worth.filter((other) => other > own).length);
      return set.map((row, j) => ({ ...row, y: order[j] === 1 ? 1 : 0, rank: order[j] }));
    });
  });
  return long(Table.from(rows.flat(2)), chosen);
}
const chosen = { situation: "s", alternative: "alt", choice: "y", person: "who" };
const ranked = (data: ChoiceData): ChoiceData =>
  long(data.table, { situation: "s", alternative: "alt", rank: "rank", person: "who" } as never);

const spec = {
  parameters: { asc_air: 0, asc_train: 0, asc_bus: 0, b_x: 0.5, b_cost: -0.5 },
  utilities: Object.fromEntries(
    labels.map((label) => [label, `${label === "car" ? "" : `asc_${label} + `}b_x * x + b_cost * cost`]),
  ),
};
const draws = sobol(16);
const mixture = mixed(spec, { b_x: "normal" }, { draws });
const nests = { ground: ["train", "bus", "car"] };

interface Composition {
  readonly model: ModelSpec;
  readonly data?: (data: ChoiceData) => ChoiceData;
  /** Parameters that it has and no part has alone. */
  readonly names: readonly string[];
}
const compositions: Readonly<Record<string, Composition>> = {
  "a mixed nested logit of people who answer several times": {
    model: { kernel: "nested", options: { nests }, specification: mixture },
    names: ["sd_b_x", "lambda_ground"],
  },
  "latent classes of cross-nested logits": {
    model: latentClass(
      {
        kernel: "crossNested",
        options: {
          nests: { ground: ["train", "bus", "car"], fast: ["air", "car"] },
          allocations: "equal",
          lambda: "shared",
        },
        specification: spec,
      },
      { classes: 2, shared: ["lambda", "asc_air", "asc_train", "asc_bus"] },
    ),
    names: ["b_x_1", "b_x_2", "lambda"],
  },
  "a ranked mixed logit in willingness to pay with a temperature by group": {
    model: logit(
      tempered(
        { ...mixed({ ...spec, wtpSpace: "b_cost" }, { wtp_x: "normal" }, { draws }) },
        { by: "group" },
      ),
    ),
    data: ranked,
    names: ["sd_wtp_x", "tau_group_web"],
  },
  "latent classes of probits": {
    model: latentClass(multinomialProbit({ ...spec, draws: sobol(8) }, { errors: "independent" }), {
      classes: 2,
      shared: ["asc_air", "asc_train", "asc_bus"],
    }),
    names: ["b_x_1", "b_x_2", "b_cost_2"],
  },
  "a mixed probit with a temperature by group": {
    model: multinomialProbit(tempered(mixture, { by: "group" }), { errors: "independent" }),
    names: ["sd_b_x", "tau_group_web"],
  },
};

describe.for(Object.entries(compositions))(
  "%s",
  ([, { model, data: as = (data: ChoiceData) => data, names }]) => {
    test("has exact derivatives, the same in every backend", async () => {
      const data = as(panel(6));
      const { kernel, resolved, parameters } = readModel(model, data);
      const { program } = compile(kernel, model.options ?? {}, resolved, data);
      expect(program.parameters).toEqual(expect.arrayContaining([...names]));
      const point = Float64Array.from(parameters, ({ start, lower }, k) =>
        Math.max(lower, start + 0.03 * (k % 3)),
      );
      const [judge, ...others] = await Promise.all(
        ["interpret", "js", "wasm"].map(async (backend) =>
          (await prepare(program, data, backend)).evaluate(point, "hessian"),
        ),
      );
      for (const { value, gradient, hessian } of others) {
        expect(value).toBeCloseTo(judge.value, 9);
        for (const [found, wanted] of [
          [gradient!, judge.gradient!],
          [hessian!, judge.hessian!],
        ])
          found.forEach((each, i) => {
            expect(Math.abs(each - wanted[i])).toBeLessThan(1e-9 * Math.max(1, Math.abs(wanted[i])));
          });
      }
      const ready = await prepare(program, data);
      const h = 1e-3;
      const size = program.free.length;
      for (const [k, index] of program.free.entries()) {
        const at = async (by: number) => ready.evaluate(point.with(index, point[index] + by), "gradient");
        const [a, b, c, d] = await Promise.all([h, -h, 2 * h, -2 * h].map(at));
        const slope = (8 * (a.value - b.value) - (c.value - d.value)) / (12 * h);
        expect(Math.abs(slope - judge.gradient![k])).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
        for (let l = 0; l < size; l++) {
          const curve =
            (8 * (a.gradient![l] - b.gradient![l]) - (c.gradient![l] - d.gradient![l])) / (12 * h);
          expect(Math.abs(curve - judge.hessian![l * size + k])).toBeLessThan(
            1e-5 * Math.max(1, Math.abs(curve)),
          );
        }
      }
    });

    test("has a maximum", async () => {
      const found = await fit(model, as(panel(150)));
      expect(found.converged, found.message).toBe(true);
      expect(found.logLikelihood).toBeGreaterThan(found.nullLogLikelihood);
    });
  },
);
