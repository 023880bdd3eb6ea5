import { describe, expect, it } from "vitest";
import {
  block,
  branch,
  branchIf,
  call,
  i32Const,
  instruction,
  localGet,
  localSet,
  loop,
  moduleOf,
  type,
  v128Load,
  v128Store,
} from "../../src/backends/wasm/assembler.ts";
import { elementary, elementaryIndex } from "../../src/backends/wasm/elementary.ts";
import { functions } from "../../src/expr/index.ts";
import { random } from "../../src/math/random.ts";
import * as precise from "../precise.ts";
import { type Double, expParts, log, ulp } from "./doubled.ts";

const room = 1 << 16;
const memory = new WebAssembly.Memory({ initial: (3 * room * 8) / 65536 });
const numbers = new Float64Array(memory.buffer);

/** For byte offsets from 0 to the given end: out[i] = f(a[i], b[i]), two at a time. */
function looped(name: string, operands: number) {
  const [end, at] = [0, 1];
  const body = [
    ...[...block, ...loop, ...localGet(at), ...localGet(end), ...instruction("i32.ge_s"), ...branchIf(1)],
    ...localGet(at),
    ...[0, room * 8].slice(0, operands).flatMap((offset) => [...localGet(at), ...v128Load(offset)]),
    ...[...call(elementaryIndex[name]), ...v128Store(2 * room * 8)],
    ...[...localGet(at), ...i32Const(16), ...instruction("i32.add"), ...localSet(at), ...branch(0)],
    ...[...instruction("end"), ...instruction("end")],
  ];
  return {
    params: [type.i32],
    results: [],
    locals: [{ count: 1, type: type.i32 }],
    body,
    name: `all ${name}`,
  };
}

const normal = ["normalCdf", "logNormalCdf", "inverseMills", "normalQuantile"];
const code = moduleOf([
  ...elementary,
  looped("exp", 1),
  looped("log", 1),
  looped("pow", 2),
  ...normal.map((name) => looped(name, 1)),
]);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { m: { memory } });

/** The function of the generated modules at every argument (at most `room`). */
function run(name: string, a: ArrayLike<number>, b: ArrayLike<number> = []): Float64Array {
  numbers.set(a, 0);
  numbers.set(b, room);
  (exports[`all ${name}`] as (end: number) => void)(8 * a.length);
  return numbers.slice(2 * room, 2 * room + a.length);
}

/** How far a result is from the truth, in units of the last place of the truth. */
const distance = (found: number, [high, low]: Double): number => Math.abs(found - high - low) / ulp(high);

const expDistance = (found: number, x: number): number => {
  const { value, power } = expParts([x, 0]);
  const half = Math.floor(power / 2);
  const scaled = found * 2 ** -half * 2 ** (half - power);
  // Below 2^-1022 the units of the last place are those of subnormal numbers.
  const unit = Math.max(ulp(value[0]), 2 ** (-1074 - power));
  return Math.abs(scaled - value[0] - value[1]) / unit;
};

/** The largest distance over `count` arguments, and where. */
function worst(
  name: string,
  count: number,
  argument: (i: number) => number,
  off: (found: number, x: number) => number,
) {
  let [most, where] = [0, Number.NaN];
  for (let from = 0; from < count; from += room) {
    const xs = Float64Array.from({ length: Math.min(room, count - from) }, (_, i) => argument(from + i));
    for (const [i, found] of run(name, xs).entries()) {
      const each = off(found, xs[i]);
      if (!(each <= most)) [most, where] = [each, xs[i]];
    }
  }
  return { most, where };
}

describe("the judge in two doubles", () => {
  const { uniform } = random(5);
  const millionth = 1e-6;

  it("agrees with 90 digits on exp to a millionth of a unit", () => {
    for (let i = 0; i < 300; i++) {
      const x = -60 + uniform() * 760;
      const { value, power } = expParts([x, 0]);
      const wanted = precise.exp(precise.fixed(x));
      const scaled = power > 0 ? wanted >> BigInt(power) : wanted << BigInt(-power);
      const off = precise.double(scaled - precise.fixed(value[0]) - precise.fixed(value[1]));
      expect(Math.abs(off)).toBeLessThan(millionth * ulp(1));
    }
  });

  it.each<[string, () => number]>([
    ["of any size", () => 2 ** ((uniform() - 0.5) * 120)],
    ["near 1", () => 1 + (uniform() - 0.5) * 2 ** -Math.floor(uniform() * 50)],
  ])("agrees with 90 digits on the log of numbers %s", (_, argument) => {
    for (let i = 0; i < 300; i++) {
      const x = argument();
      const [high, low] = log(x);
      const error = precise.double(precise.log(precise.fixed(x)) - precise.fixed(high) - precise.fixed(low));
      expect(Math.abs(error), `at ${x}`).toBeLessThanOrEqual(millionth * ulp(high));
    }
  });
});

describe("exp of the generated modules", () => {
  const { uniform } = random(1);
  it.each<[string, number, (i: number) => number]>([
    ["over its whole range", 1_000_000, () => -745.2 + uniform() * (745.2 + 709.7827)],
    ["where utilities live", 1_000_000, () => (uniform() - 0.5) * 40],
    ["near 0", 300_000, () => (uniform() - 0.5) * 2 ** -Math.floor(uniform() * 60)],
    ["near overflow", 200_000, () => 709.78 + uniform() * 0.0027],
    ["where results are subnormal", 300_000, () => -745.13 + uniform() * 36.7],
    [
      "at the joints of its reduction",
      200_000,
      (i) => ((i % 2000) - 1000 + 0.5) * Math.LN2 * (1 + (uniform() - 0.5) * 1e-13),
    ],
  ])("is within one unit of the last place %s", (_, count, argument) => {
    const { most, where } = worst("exp", count, argument, expDistance);
    expect(most, `at ${where}`).toBeLessThan(1);
    expect(most).toBeGreaterThan(0.4);
  });

  it("is exact or clear at the ends", () => {
    const ends: [number, number][] = [
      [0, 1],
      [-0, 1],
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      [Number.NEGATIVE_INFINITY, 0],
      [Number.NaN, Number.NaN],
      [709.782712893385, Number.POSITIVE_INFINITY],
      [710, Number.POSITIVE_INFINITY],
      [1e308, Number.POSITIVE_INFINITY],
      [-745.1332191019412, 0],
      [-745.13, 5e-324],
      [-746, 0],
      [-1e308, 0],
      [5e-324, 1],
      [-5e-324, 1],
    ];
    expect([
      ...run(
        "exp",
        ends.map(([x]) => x),
      ),
    ]).toEqual(ends.map(([, y]) => y));
  });
});

describe("log of the generated modules", () => {
  const { uniform } = random(2);
  it.each<[string, number, (i: number) => number]>([
    ["over its whole range", 1_000_000, () => 2 ** (uniform() * 2045 - 1021) * (1 + uniform())],
    ["where probabilities live", 1_000_000, () => uniform()],
    ["near 1", 500_000, () => 1 + (uniform() - 0.5) * 2 ** -Math.floor(uniform() * 50)],
    [
      "at the joints of its reduction",
      300_000,
      (i) => 2 ** ((i % 200) - 100) * Math.SQRT1_2 * (1 + (uniform() - 0.5) * 1e-13),
    ],
    ["of subnormal numbers", 200_000, () => uniform() * 2 ** -1022],
    ["of sums of exponentials", 500_000, () => 1 + uniform() * 40],
  ])("is within one unit of the last place %s", (_, count, argument) => {
    const { most, where } = worst("log", count, argument, (found, x) =>
      x === 1 ? Math.abs(found) : distance(found, log(x)),
    );
    expect(most, `at ${where}`).toBeLessThan(1);
    expect(most).toBeGreaterThan(0.4);
  });

  it("is exact or clear at the ends", () => {
    const ends: [number, number][] = [
      [1, 0],
      [0, Number.NEGATIVE_INFINITY],
      [-0, Number.NEGATIVE_INFINITY],
      [-1, Number.NaN],
      [-5e-324, Number.NaN],
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      [Number.NEGATIVE_INFINITY, Number.NaN],
      [Number.NaN, Number.NaN],
      [Number.MAX_VALUE, 709.782712893384],
      [5e-324, -744.4400719213812],
    ];
    expect([
      ...run(
        "log",
        ends.map(([x]) => x),
      ),
    ]).toEqual(ends.map(([, y]) => y));
  });
});

describe("powers of the generated modules", () => {
  const { uniform } = random(3);

  it("are as near as the exponent allows: a few units, times |b ln a|", () => {
    const a = Float64Array.from({ length: room }, () => 2 ** ((uniform() - 0.5) * 40));
    const b = Float64Array.from({ length: room }, () => (uniform() - 0.5) * 20);
    for (const [i, found] of run("pow", a, b).entries()) {
      const wanted = a[i] ** b[i];
      expect(Math.abs(found / wanted - 1)).toBeLessThan(4e-16 * (4 + Math.abs(b[i] * Math.log(a[i]))));
    }
  });

  it("of special numbers are those of JavaScript", () => {
    const values = [
      0,
      1,
      -1,
      2,
      -2,
      0.5,
      -0.5,
      3,
      -3,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ];
    const pairs = values.flatMap((a) => values.map((b) => [a, b]));
    const found = run(
      "pow",
      pairs.map(([a]) => a),
      pairs.map(([, b]) => b),
    );
    for (const [i, [a, b]] of pairs.entries()) {
      const wanted = a ** b;
      const near =
        Object.is(found[i], wanted) ||
        Math.abs(found[i] / wanted - 1) < 1e-15 ||
        (found[i] === 0 && wanted === 0);
      expect(near, `${a} ^ ${b} is ${wanted}, not ${found[i]}`).toBe(true);
    }
  });
});

/** x, Φ(x), ln Φ(x), φ(x)/Φ(x): mpmath with 50 digits. */
const normalTable: readonly (readonly [number, number, number, number])[] = [
  [-1000000, 9.4405270346321144e-217147240959, -500000000014.73445, 1000000.000001],
  [-1000, 2.2906461465454984e-217151, -500007.82669481218, 1000.000999998],
  [-40, 3.6558935409150297e-350, -804.60844201375379, 40.024968847207264],
  [-38, 2.8854283600687843e-316, -726.55721601882013, 38.026279466575869],
  [-20, 2.7536241186062337e-89, -203.91715537109726, 20.049753068527851],
  [-10, 7.6198530241605261e-24, -53.231285150512471, 10.098093233962512],
  [-8, 6.2209605742717841e-16, -35.01343715991455, 8.1213681122361127],
  [-5, 2.8665157187919391e-7, -15.064998393988726, 5.1865039671258421],
  [-3, 0.0013498980316300945, -6.6077262215103495, 3.2830986549304365],
  [-2, 0.022750131948179207, -3.7831843336820319, 2.3732155328228409],
  [-1, 0.15865525393145705, -1.8410216450092635, 1.5251352761609812],
  [-0.5, 0.3085375387259869, -1.1759117615936186, 1.1410777703680645],
  [-0.1, 0.46017216272297102, -0.77615459273027332, 0.86261747153093614],
  [0, 0.5, -Math.LN2, 0.79788456080286536],
  [0.1, 0.53982783727702898, -0.61650501011502629, 0.73533174850578067],
  [0.5, 0.6914624612740131, -0.36894641528865639, 0.50916043383703349],
  [1, 0.84134474606854295, -0.17275377902344989, 0.28759997093917836],
  [2, 0.97724986805182079, -0.023012909328963488, 0.055247862678989959],
  [3, 0.99865010196836991, -0.0013508099647481938, 0.0044378390421256638],
  [5, 0.99999971334842812, -2.8665161296376359e-7, 1.4867199409049057e-6],
  [8, 0.99999999999999938, -6.2209605742717861e-16, 5.0522710835368954e-15],
  [10, 1.0, -7.6198530241605261e-24, 7.6945986267064193e-23],
  [20, 1.0, -2.7536241186062337e-89, 5.5209483621597632e-88],
  [30, 1.0, -4.9067139271481871e-198, 1.4736461348785475e-196],
];

describe("the normal law of the generated modules and of JavaScript", () => {
  const { uniform } = random(4);

  it.each(normalTable)("keeps its digits at %s", (x, ...wanted) => {
    for (const [i, name] of ["normalCdf", "logNormalCdf", "inverseMills"].entries()) {
      const close = (found: number): void =>
        expect(Math.abs(found - wanted[i]), `${name} ${found}`).toBeLessThanOrEqual(
          (name === "normalCdf" ? 1e-15 * Math.max(1, x * x) : 1e-15) * Math.abs(wanted[i]),
        );
      close(functions[name](x));
      close(run(name, [x])[0]);
    }
  });

  it("is the same in both, at any argument", () => {
    const xs = Float64Array.from({ length: room }, () => (uniform() - 0.5) * 2 ** (uniform() * 9));
    for (const name of ["normalCdf", "logNormalCdf", "inverseMills"])
      for (const [i, found] of run(name, xs).entries()) {
        const wanted = functions[name](xs[i]);
        const slack = name === "logNormalCdf" ? 1e-15 : 1e-15 * Math.max(1, xs[i] ** 2);
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(slack * Math.max(Math.abs(wanted), 1e-292));
      }
  });

  it("has quantiles that are those of JavaScript, and undo the probability", () => {
    const ps = Float64Array.from({ length: room }, () => 0.999 * 10 ** (-300 * uniform() ** 4));
    for (const [i, z] of run("normalQuantile", ps).entries()) {
      expect(Math.abs(z - functions.normalQuantile(ps[i]))).toBeLessThanOrEqual(
        1e-15 * Math.max(1, Math.abs(z)),
      );
      expect(Math.abs(functions.logNormalCdf(z) - Math.log(ps[i]))).toBeLessThan(1e-14 * Math.max(1, z * z));
    }
  });

  it("is clear at the ends", () => {
    const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const ends: Record<string, [number, number][]> = {
      normalCdf: [
        [low, 0],
        [high, 1],
        [Number.NaN, Number.NaN],
      ],
      logNormalCdf: [
        [low, low],
        [high, -0],
        [Number.NaN, Number.NaN],
      ],
      inverseMills: [
        [high, 0],
        [Number.NaN, Number.NaN],
      ],
      normalQuantile: [
        [0, low],
        [1, high],
        [-0.1, Number.NaN],
        [1.1, Number.NaN],
        [Number.NaN, Number.NaN],
      ],
    };
    for (const [name, pairs] of Object.entries(ends))
      for (const [x, wanted] of pairs) {
        expect(functions[name](x)).toBe(wanted);
        expect(run(name, [x])[0]).toBe(wanted);
      }
  });
});
