import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { long, Table } from "../../src/data/index.ts";
import { type DrawKind, type Draws, drawCount, drawsOf } from "../../src/math/draws/draws.ts";
import { radicalInverse, radicalInverses } from "../../src/math/draws/halton.ts";
import { hashText } from "../../src/math/draws/hash.ts";
import { plainLoops } from "../../src/math/draws/loops.ts";
import { drawRules } from "../../src/math/draws/rules.ts";
import { sobolPoints } from "../../src/math/draws/sobol.ts";

const kinds = Object.keys(drawRules) as DrawKind[];
const uniform = { base: "uniform" } as const;
const normal = { base: "normal" } as const;
const keys = (count: number) => {
  const key = Uint32Array.from({ length: count }, (_, i) => hashText(`person ${i}`));
  return { person: key, situation: key };
};

const options = (kind: DrawKind, more: Partial<Draws> = {}): Draws => ({
  kind,
  count: 256,
  seed: 1,
  drop: 0,
  dimensions: [uniform, uniform, uniform],
  ...more,
});

/** One array per dimension. */
function drawn(draws: Draws, index = 0, persons = index + 1): Float64Array[] {
  const drawer = drawsOf(draws, keys(persons));
  return draws.dimensions.map((_, d) => {
    const out = new Float64Array(drawer.count);
    drawer.fill(d, index, index, out);
    return out;
  });
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe.for(kinds)("draws of kind %s", (kind) => {
  test("lie inside the open interval from 0 to 1 and are spread evenly over it", () => {
    for (const values of drawn(options(kind, { count: 4096 }))) {
      expect(values.every((u) => u > 0 && u < 1)).toBe(true);
      const cells = new Array(16).fill(0);
      for (const u of values) cells[Math.floor(u * 16)]++;
      // Five standard deviations of a count of independent draws: 256 ± 78.
      for (const count of cells) expect(Math.abs(count - 256)).toBeLessThan(78);
    }
  });

  test("are the same for the same seed, and others for another person", () => {
    expect(drawn(options(kind), 3)).toEqual(drawn(options(kind), 3));
    expect(drawn(options(kind), 3)[0]).not.toEqual(drawn(options(kind), 4)[0]);
  });

  test("of a standard normal have mean 0 and variance 1", () => {
    const [values] = drawn(options(kind, { count: 4096, dimensions: [normal] }));
    expect(Math.abs(mean(values))).toBeLessThan(0.08);
    expect(Math.abs(mean(values.map((z) => z * z)) - 1)).toBeLessThan(0.12);
  });

  test("pair up when antithetic", () => {
    const [values] = drawn(options(kind, { antithetic: true, dimensions: [normal] }));
    for (let r = 0; r < 128; r++) expect(values[r + 128]).toBeCloseTo(-values[r], 9);
  });

  test("integrate a product over three dimensions", () => {
    const persons = 40;
    const means = Array.from({ length: persons }, (_, i) => {
      const [x, y, z] = drawn(options(kind), i, persons);
      return mean(x.map((_, r) => 8 * x[r] * y[r] * z[r]));
    });
    // ∫ 8xyz = 1; one product has variance 64/27 − 1, and there are 40 × 256 of them.
    expect(Math.abs(mean(means) - 1)).toBeLessThan(5 * Math.sqrt(37 / 27 / (persons * 256)));
  });
});

describe.for(kinds.filter((kind) => kind !== "halton"))("draws of kind %s", (kind) => {
  test("do not depend on the order of persons", () => {
    const at = (key: Uint32Array, index: number): Float64Array => {
      const drawer = drawsOf(options(kind), { person: key, situation: key });
      const out = new Float64Array(256 * 3);
      for (const d of [0, 1, 2]) drawer.fill(d, index, index, out.subarray(256 * d, 256 * (d + 1)));
      return out;
    };
    const { person } = keys(5);
    expect(at(person.slice().reverse(), 0)).toEqual(at(person, 4));
  });

  test("are others for another seed", () => {
    expect(drawn(options(kind, { seed: 2 }))[0]).not.toEqual(drawn(options(kind))[0]);
  });
});

test("the keys of people follow their ids, whatever the order of the rows", () => {
  const table = (ids: number[]) =>
    long(
      Table.of({
        id: ids.flatMap((id) => [id, id]),
        alt: ids.flatMap(() => ["a", "b"]),
        choice: ids.flatMap(() => [1, 0]),
      }),
      { situation: "id", alternative: "alt", choice: "choice", person: "id" },
    ).drawKeys;
  const [one, other] = [table([7, 8, 9]), table([9, 7, 8])];
  expect([...other.person]).toEqual([one.person[2], one.person[0], one.person[1]]);
  expect([...other.situation]).toEqual([one.situation[2], one.situation[0], one.situation[1]]);
});

test("dimensions within persons are drawn anew in every situation, the others are not", () => {
  const draws = options("sobol", { dimensions: [normal, { ...normal, within: true }] });
  const drawer = drawsOf(draws, keys(2));
  const of = (dimension: number, person: number, situation: number): number[] => {
    const out = new Float64Array(256);
    drawer.fill(dimension, person, situation, out);
    return [...out];
  };
  expect(of(0, 0, 1)).toEqual(of(0, 0, 0));
  expect(of(0, 1, 0)).not.toEqual(of(0, 0, 0));
  expect(of(1, 0, 1)).not.toEqual(of(1, 0, 0));
  expect(of(1, 1, 0)).toEqual(of(1, 0, 0));
});

describe("Sobol", () => {
  test("the first points are those of Joe and Kuo's table", () => {
    const points = [0, 1, 2, 3, 4, 5, 6, 7].map((d) => [...sobolPoints(d, 8)]);
    expect(points).toEqual([
      [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125],
      [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625],
      [0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375],
      [0, 0.5, 0.25, 0.75, 0.875, 0.375, 0.625, 0.125],
      [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125],
      [0, 0.5, 0.75, 0.25, 0.125, 0.625, 0.875, 0.375],
      [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625],
      [0, 0.5, 0.75, 0.25, 0.875, 0.375, 0.125, 0.625],
    ]);
  });

  test("point 1,000 of the last dimension is that of scipy 1.17.1", () => {
    expect(sobolPoints(199, 1001)[1000]).toBe(0.8427734375);
  });

  test("scrambling keeps one point in each of 2^m equal cells, in every dimension", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), fc.nat(), fc.nat(), (dimension, seed, key) => {
        const out = new Float64Array(512);
        drawRules.sobol.fill(out, dimension, { seed, key, index: 0, drop: 0 }, plainLoops);
        expect(new Set(Array.from(out, (u) => Math.floor(u * 512))).size).toBe(512);
      }),
      { numRuns: 60 },
    );
  });

  test("scrambling keeps the net: one point in each rectangle of area 1/256 of the first two dimensions", () => {
    const [x, y] = [0, 1].map((dimension) => {
      const out = new Float64Array(256);
      drawRules.sobol.fill(out, dimension, { seed: 5, key: 17, index: 0, drop: 0 }, plainLoops);
      return out;
    });
    for (let m = 0; m <= 8; m++) {
      const cells = Array.from(x, (u, r) => Math.floor(u * 2 ** m) * 1024 + Math.floor(y[r] * 2 ** (8 - m)));
      expect(new Set(cells).size).toBe(256);
    }
  });

  test("the mean of exp(z) over 512 draws is far nearer to √e than random draws bring it", () => {
    const error = (kind: DrawKind) =>
      Math.sqrt(
        mean(
          Array.from({ length: 50 }, (_, i) => {
            const [z] = drawn(options(kind, { count: 512, dimensions: [normal] }), i, 50);
            return (mean(z.map(Math.exp)) - Math.sqrt(Math.E)) ** 2;
          }),
        ),
      );
    expect(error("sobol")).toBeLessThan(error("random") / 5);
  });
});

describe("Halton", () => {
  test("the sequence of base 2 is 1/2, 1/4, 3/4, 1/8, …", () => {
    expect([1, 2, 3, 4, 5].map((n) => radicalInverse(n, 2))).toEqual([0.5, 0.25, 0.75, 0.125, 0.625]);
  });

  test("a run of the sequence has its points but for rounding, wherever it begins", () => {
    const [from, base, length] = [
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.constantFrom(2, 3, 5, 7, 61, 211, 4099),
      fc.integer({ min: 1, max: 5000 }),
    ];
    fc.assert(
      fc.property(from, base, length, (first, b, count) => {
        const out = new Float64Array(count);
        radicalInverses(first, b, out);
        const off = out.map((value, r) => Math.abs(value - radicalInverse(first + r, b)));
        expect(Math.max(...off)).toBeLessThanOrEqual(2 ** -52);
      }),
      { numRuns: 40 },
    );
  });

  test("persons take consecutive runs after the points left out", () => {
    const draws = options("halton", { count: 3, drop: 100 });
    const [two, three, five] = drawn(draws, 2);
    expect([...two]).toEqual([106, 107, 108].map((n) => radicalInverse(n, 2)));
    expect([...three]).toEqual([106, 107, 108].map((n) => radicalInverse(n, 3)));
    expect([...five]).toEqual([106, 107, 108].map((n) => radicalInverse(n, 5)));
  });

  test("scrambling keeps one point of 3^5 in each of 3^5 cells of base 3", () => {
    const out = new Float64Array(243);
    drawRules.scrambledHalton.fill(out, 1, { seed: 3, key: 4, index: 0, drop: 0 }, plainLoops);
    expect(new Set(Array.from(out, (u) => Math.floor(u * 243))).size).toBe(243);
  });
});

describe("Gauss–Hermite", () => {
  const moments = (nodes: number, powers: readonly number[]): number => {
    const draws = options("gaussHermite", { count: nodes, dimensions: powers.map(() => normal) });
    const values = drawn(draws);
    const { logWeights } = drawsOf(draws, keys(1));
    expect(drawCount(draws)).toBe(nodes ** powers.length);
    return Array.from(logWeights!, (logWeight, r) =>
      powers.reduce((product, power, d) => product * values[d][r] ** power, Math.exp(logWeight)),
    ).reduce((sum, term) => sum + term, 0);
  };

  test.for([
    [[0], 1],
    [[2], 1],
    [[4], 3],
    [[6], 15],
    [[8], 105],
    [[2, 4], 3],
    [[4, 2, 2], 3],
    [[1, 0, 3], 0],
  ] as const)("moments %j of standard normals are %d", ([powers, expected]) => {
    expect(moments(6, powers)).toBeCloseTo(expected, 11);
  });

  test("uniform dimensions have the nodes of Gauss–Legendre", () => {
    const draws = options("gaussHermite", { count: 5, dimensions: [uniform] });
    const [values] = drawn(draws);
    const { logWeights } = drawsOf(draws, keys(1));
    const ninth = Array.from(logWeights!, (w, r) => Math.exp(w) * values[r] ** 9).reduce((a, b) => a + b);
    expect(ninth).toBeCloseTo(1 / 10, 13);
  });
});
