import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Evaluation, Objective } from "../../src/optimise/objective.ts";
import { maximise } from "../../src/optimise/optimise.ts";
import type { Options, Outcome, Problem } from "../../src/optimise/outcome.ts";
import { type LogitRows, plainLogit } from "./plainLogit.ts";
import { simulate, withRows } from "./simulate.ts";

const names = ["asc_bus", "asc_car", "b_time", "b_dummy"];
const trips = simulate(
  1,
  500,
  3,
  (next, j) => [j === 1 ? 1 : 0, j === 2 ? 1 : 0, next() * 10, next() < 0.5 ? 1 : 0],
  [0.5, -0.3, -0.2, 0.8],
);

const estimate = (
  data: LogitRows,
  problem: Partial<Problem> = {},
  options: Options = {},
): Promise<Outcome> => {
  const objective = problem.objective ?? plainLogit(data);
  const start = new Float64Array(data.rows[0].length);
  return maximise({ objective, start, names, ...problem }, options);
};

/** Two parameters, from value, gradient and Hessian. */
const plane = (f: (x: number, y: number) => [number, number[], number[]]): Objective => ({
  dimension: 2,
  async evaluate([x, y]): Promise<Evaluation> {
    const [value, gradient, hessian] = f(x, y);
    return { value, gradient: Float64Array.from(gradient), hessian: Float64Array.from(hessian) };
  },
});
const climb = (objective: Objective, start: number[], options: Options = {}): Promise<Outcome> =>
  maximise({ objective, start: Float64Array.from(start), names: ["x", "y"] }, options);

const near = (found: Float64Array, wanted: ArrayLike<number>, digits = 7): void =>
  found.forEach((value, k) => {
    expect(value, names[k]).toBeCloseTo(wanted[k], digits);
  });

describe("with a curvature from elsewhere for the first step", () => {
  const asked = (objective: Objective): { objective: Objective; wants: string[] } => {
    const wants: string[] = [];
    const evaluate: Objective["evaluate"] = (point, want) => {
      wants.push(want);
      return objective.evaluate(point, want);
    };
    return { objective: { ...objective, evaluate }, wants };
  };
  const fewer: LogitRows = {
    ...trips,
    starts: trips.starts.slice(0, 101),
    chosen: trips.chosen.slice(0, 100),
  };

  it.each([0.1, 1, 10])("%s times that of a part, the same maximum is found", async (factor) => {
    const [whole, part] = [await estimate(trips), await estimate(fewer)];
    const { objective, wants } = asked(plainLogit(trips));
    const curvature = part.hessian.map((value) => -value * factor);
    const found = await estimate(trips, { objective, start: part.point }, { curvature });
    expect(found.status, found.message).toBe("converged");
    expect(wants[0]).toBe("gradient");
    near(found.point, whole.point);
    near(found.hessian, whole.hessian, 4);
  });

  it("at the maximum itself, its exact Hessian is reported", async () => {
    const whole = await estimate(trips);
    const curvature = whole.hessian.map((value) => -2 * value);
    const found = await estimate(trips, { start: whole.point }, { curvature });
    expect(found.status, found.message).toBe("converged");
    near(found.hessian, whole.hessian, 6);
  });
});

describe("from a distant start", () => {
  it.each([
    [[50, -50, 100, -80]],
    [[5000, -50, 1000, -8000]],
    [[0, 0, -30, 0]],
    [[1730, -1750, 1970, -14]],
    [[-2390, 1600, 1770, -514]],
  ])("%s, where every probability is 0 or 1, the same maximum is found", async (start) => {
    const [far, zero] = [await estimate(trips, { start: Float64Array.from(start) }), await estimate(trips)];
    expect(far.status, far.message).toBe("converged");
    near(far.point, zero.point);
  });

  it("anywhere within ±20 the same maximum is found", async () => {
    const { point } = await estimate(trips);
    const start = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(start, async (values) => {
        const found = await estimate(trips, { start: Float64Array.from(values) });
        expect(found.status).toBe("converged");
        near(found.point, point);
      }),
      { numRuns: 30 },
    );
  });
});

describe("units of the columns", () => {
  it("change neither the number of steps nor the value, be it dollars or millions", async () => {
    const plain = await estimate(trips);
    const units = [1, 1e-6, 1e5, 1e3];
    const scaled = await estimate(withRows(trips, (row) => [...row.map((x, k) => x * units[k])]));
    expect(scaled.iterations).toBe(plain.iterations);
    expect(scaled.value).toBeCloseTo(plain.value, 9);
    near(
      scaled.point.map((value, k) => value * units[k]),
      plain.point,
    );
  });
});

describe("bounds", () => {
  it("hold parameters whose slope points outward, and only those", async () => {
    const upper = Float64Array.of(0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0.5);
    const found = await estimate(trips, { upper });
    expect(found.status).toBe("converged");
    expect(found.atBound).toEqual(["upper", null, null, "upper"]);
    expect(found.point[0]).toBe(0);
    expect(found.point[3]).toBe(0.5);
    expect(found.gradient[0]).toBeGreaterThan(0);
    expect(Math.abs(found.gradient[1])).toBeLessThan(1e-5);
  });

  it("give the estimates of the model without the held parameter", async () => {
    const held = await estimate(trips, { upper: Float64Array.of(0, 9, 9, 9) });
    const without = await estimate(withRows(trips, (row) => [...row.slice(1)]));
    near(held.point.slice(1), without.point);
    expect(held.value).toBeCloseTo(without.value, 8);
  });

  it("let go of a parameter that starts at one and wants to leave", async () => {
    const lower = Float64Array.of(-1, -1, -1, 0);
    const found = await estimate(trips, { lower, start: Float64Array.of(-1, -1, 0, 0) });
    expect(found.atBound).toEqual([null, null, null, null]);
    near(found.point, (await estimate(trips)).point);
  });

  it("move a start outside them inside", async () => {
    const found = await estimate(trips, {
      lower: Float64Array.of(1, 1, 1, 1),
      upper: Float64Array.of(2, 2, 2, 2),
    });
    found.point.forEach((value) => {
      expect(value).toBeGreaterThanOrEqual(1);
      expect(value).toBeLessThanOrEqual(2);
    });
  });

  it("that leave no room end the search at once", async () => {
    const point = Float64Array.of(0.1, 0.2, -0.3, 0.4);
    const found = await estimate(trips, { lower: point, upper: point });
    expect([...found.point]).toEqual([...point]);
    expect(found.iterations).toBe(0);
  });

  it("anywhere give a point from which no allowed direction climbs", async () => {
    const bound = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    const box = fc.array(fc.tuple(bound, bound), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(box, async (pairs) => {
        const lower = Float64Array.from(pairs, (pair) => Math.min(...pair));
        const upper = Float64Array.from(pairs, (pair) => Math.max(...pair));
        const { point, gradient, status } = await estimate(trips, { lower, upper });
        expect(status).toBe("converged");
        gradient.forEach((slope, k) => {
          if (slope > 1e-4) expect(point[k] === upper[k]).toBe(true);
          if (slope < -1e-4) expect(point[k] === lower[k]).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("flat directions", () => {
  it("are named when all three constants are there", async () => {
    const all = withRows(trips, (row, at) => [at % 3 === 0 ? 1 : 0, ...row]);
    const found = await estimate(all, { names: ["asc_train", ...names] });
    expect(found.status).toBe("flat");
    expect(found.message).toBe(
      "asc_train, asc_bus and asc_car are not separately identified (only their differences are)",
    );
    expect(found.value).toBeCloseTo((await estimate(trips)).value, 9);
  });

  it("are named with the combination that is identified", async () => {
    const found = await estimate(
      withRows(trips, (row) => [...row, row[2] * 100]),
      { names: [...names, "b_cost"] },
    );
    expect(found.message).toBe(
      "b_time and b_cost are not separately identified (only b_time + 100 b_cost is)",
    );
  });

  it("that have nothing to do with each other are named one by one", async () => {
    const data = withRows(trips, (row, at) => [at % 3 === 0 ? 1 : 0, ...row, row[2] * 100, 0]);
    const found = await estimate(data, { names: ["asc_train", ...names, "b_cost", "b_zero"] });
    expect(found.nullDirections).toHaveLength(3);
    expect(found.message).toContain("(only their differences are)");
    expect(found.message).toContain("(only b_time + 100 b_cost is)");
    expect(found.message).toContain("b_zero is not identified: it changes nothing");
    expect(found.advice).toContain("3 of them");
  });

  it("are found from a distant start too", async () => {
    const all = withRows(trips, (row, at) => [at % 3 === 0 ? 1 : 0, ...row]);
    const found = await estimate(all, {
      names: ["asc_train", ...names],
      start: Float64Array.of(10, -10, 20, 5, 3),
    });
    expect(found.status).toBe("flat");
  });

  it("are not seen where columns are only nearly alike", async () => {
    const nearly = withRows(trips, (row, at) => [...row, row[2] + 1e-3 * Math.sin(at)]);
    const found = await estimate(nearly, { names: [...names, "b_twin"] });
    expect(found.status).toBe("converged");
    expect(found.conditioning).toBeLessThan(1e-6);
  });
});

describe("perfect prediction", () => {
  const chosen = new Set(trips.chosen);
  const everyNth = (n: number) => {
    let count = 0;
    return (row: Float64Array, at: number) => [...row, chosen.has(at) && count++ % n === 0 ? 1 : 0];
  };

  it("by one column is recognised, and its parameter named", async () => {
    const found = await estimate(withRows(trips, everyNth(1)), { names: [...names, "b_perfect"] });
    expect(found.status).toBe("unbounded");
    expect(found.message).toContain("while b_perfect rises without limit");
    expect(found.value).toBeGreaterThan(-1e-3);
  });

  it("of some choices only is recognised, the other estimates being final", async () => {
    const found = await estimate(withRows(trips, everyNth(20)), { names: [...names, "b_some"] });
    expect(found.status).toBe("unbounded");
    expect(found.message).toContain("while b_some rises without limit");
    expect([...found.runaway!].map(Math.sign)).toEqual([0, 0, 0, 0, 1]);
  });

  it("of a single choice is recognised", async () => {
    const found = await estimate(withRows(trips, everyNth(500)), { names: [...names, "b_one"] });
    expect(found.message).toContain("while b_one rises without limit");
  });

  it("of what is never chosen is recognised, as a fall", async () => {
    const never = withRows(trips, (row, at) => [...row, !chosen.has(at) && at % 50 === 0 ? 1 : 0]);
    const found = await estimate(never, { names: [...names, "b_never"] });
    expect(found.message).toContain("while b_never falls without limit");
  });

  it("is not suspected of a column that fails once", async () => {
    let count = 0;
    const loser = [...trips.rows.keys()].find((at) => at >= trips.starts[1] && !chosen.has(at));
    const almost = withRows(trips, (row, at) => [
      ...row,
      at === loser || (chosen.has(at) && count++ % 5 === 0) ? 1 : 0,
    ]);
    const found = await estimate(almost, { names: [...names, "b_almost"] });
    expect(found.status).toBe("converged");
    expect(found.point[4]).toBeGreaterThan(3);
  });
});

describe("functions that are not concave", () => {
  it("like Rosenbrock's curved ridge are climbed to the top", async () => {
    const ridge = plane((x, y) => [
      -(100 * (y - x * x) ** 2 + (1 - x) ** 2),
      [400 * x * (y - x * x) + 2 * (1 - x), -200 * (y - x * x)],
      [400 * (y - 3 * x * x) - 2, 400 * x, 400 * x, -200],
    ]);
    for (const solver of ["newton", "bfgs"] as const) {
      const found = await climb(ridge, [-1.2, 1], { solver });
      expect(found.status).toBe("converged");
      near(found.point, [1, 1], 9);
    }
  });

  it("are left at a saddle, although the slope is exactly zero there", async () => {
    const saddle = plane((x, y) => [
      -((x * x - 1) ** 2) - y * y,
      [-4 * x * (x * x - 1), -2 * y],
      [-12 * x * x + 4, 0, 0, -2],
    ]);
    const found = await climb(saddle, [0, 0]);
    expect(found.status).toBe("converged");
    expect(Math.abs(found.point[0])).toBeCloseTo(1, 9);
  });

  it("are not followed where they are not defined", async () => {
    const logarithm = plane((x, y) => [
      Math.log(x) - x - y * y,
      [1 / x - 1, -2 * y],
      [-1 / (x * x), 0, 0, -2],
    ]);
    const found = await climb(logarithm, [30, 3]);
    expect(found.status).toBe("converged");
    near(found.point, [1, 0], 9);
  });

  it("without a maximum end as unbounded, be the rise steady or dying out", async () => {
    const steady = plane((x, y) => [x - y * y, [1, -2 * y], [0, 0, 0, -2]]);
    const dying = plane((x, y) => [-Math.exp(-x) - y * y, [Math.exp(-x), -2 * y], [-Math.exp(-x), 0, 0, -2]]);
    for (const objective of [steady, dying]) {
      const found = await climb(objective, [0, 3]);
      expect(found.status).toBe("unbounded");
      expect(found.message).toContain("while x rises without limit");
    }
  });

  it("with a top flatter than a parabola still have one", async () => {
    const quartic = plane((x, y) => [-(x ** 4) - y * y, [-4 * x ** 3, -2 * y], [-12 * x * x, 0, 0, -2]]);
    const found = await climb(quartic, [1, 3]);
    expect(found.status).toBe("converged");
    expect(Math.abs(found.point[0])).toBeLessThan(1e-3);
  });
});

describe("other solvers", () => {
  it.each(["bfgs", "bhhh"] as const)(
    "%s finds the same estimates and reports the exact Hessian",
    async (solver) => {
      const objective = plainLogit(trips);
      const found = await estimate(trips, { objective }, { solver });
      const exact = await estimate(trips);
      expect(found.status).toBe("converged");
      near(found.point, exact.point, 6);
      found.hessian.forEach((value, at) => {
        expect(value / exact.hessian[at]).toBeCloseTo(1, 5);
      });
      expect(objective.calls.hessian).toBe(1);
    },
  );
});

describe("a search that rises by scores and ends by Newton", () => {
  it("finds the same maximum, with exact Hessians only where it is near", async () => {
    const objective = plainLogit(trips);
    const found = await estimate(trips, { objective }, { solver: "rising" });
    const exact = await estimate(trips);
    expect(found.status).toBe("converged");
    near(found.point, exact.point);
    found.hessian.forEach((value, at) => {
      expect(value / exact.hessian[at]).toBeCloseTo(1, 7);
    });
    expect(objective.calls.hessian).toBeLessThan(exact.evaluations);
  });

  it("does not take a saddle for a maximum, though no score tells it apart", async () => {
    const evaluate = async ([x, y]: Float64Array) => ({
      value: -((x * x - 1) ** 2) - y * y,
      gradient: Float64Array.of(-4 * x * (x * x - 1), -2 * y),
      hessian: Float64Array.of(4 - 12 * x * x, 0, 0, -2),
    });
    const products = async (point: Float64Array) => {
      const { value, gradient } = await evaluate(point);
      return { value, gradient, products: Float64Array.of(gradient[0] ** 2, 0, 0, gradient[1] ** 2) };
    };
    const objective = { dimension: 2, evaluate, products };
    const found = await maximise(
      { objective, start: Float64Array.of(0, 0), names: ["x", "y"] },
      { solver: "rising" },
    );
    expect(found.status).toBe("converged");
    expect(Math.abs(found.point[0])).toBeCloseTo(1, 8);
  });

  it("leaves off where it is told that another search goes on, without a Hessian of its own", async () => {
    const objective = plainLogit(trips);
    const found = await estimate(trips, { objective }, { solver: "rising", enough: 1e6 });
    expect(objective.calls.hessian).toBe(0);
    expect(found.iterations).toBe(0);
    expect(found.hessian.every(Number.isNaN)).toBe(true);
  });
});

describe("what a search reports", () => {
  it("is each accepted point, rising, and the same in the outcome", async () => {
    const events: number[] = [];
    const found = await estimate(trips, {}, { onStep: ({ value }) => events.push(value) });
    expect(events).toEqual(found.history.map(({ value }) => value));
    expect(events).toEqual([...events].sort((a, b) => a - b));
    expect(found.history[0].iteration).toBe(0);
    expect(found.message).toMatch(/^converged in \d iterations, relative gradient \d\.\de-\d+$/);
    expect(found.advice).toBe("");
  });

  it("is a failure with advice where the start is not allowed", async () => {
    const undefinedAtStart = plane(() => [Number.NaN, [0, 0], [0, 0, 0, 0]]);
    const found = await climb(undefinedAtStart, [1, 1]);
    expect(found.status).toBe("failed");
    expect(found.value).toBeNaN();
    expect(found.advice).toContain("choose other starting values for x and y");
  });

  it("is the limit of iterations, with the steepest parameter", async () => {
    const found = await estimate(trips, {}, { maxIterations: 1 });
    expect(found.status).toBe("iterations");
    expect(found.message).toBe("not converged: stopped at the limit of 1 iteration");
    expect(found.advice).toMatch(/the slope is largest at (asc_bus|asc_car|b_time|b_dummy)$/);
  });

  it("is a cancellation, soon after it is asked for", async () => {
    const control = new AbortController();
    const onStep = ({ iteration }: { iteration: number }) => iteration === 2 && control.abort();
    const found = await estimate(trips, {}, { signal: control.signal, onStep });
    expect(found.status).toBe("cancelled");
    expect(found.iterations).toBe(2);
  });

  it("is the same to the last bit when done again", async () => {
    const [one, other] = [await estimate(trips), await estimate(trips)];
    expect([...one.point]).toEqual([...other.point]);
    expect(one.value).toBe(other.value);
  });

  it("passes on what the objective itself throws", async () => {
    const broken: Objective = {
      dimension: 2,
      evaluate: async () => {
        throw new Error("the worker died");
      },
    };
    await expect(climb(broken, [0, 0])).rejects.toThrow("the worker died");
  });
});
