/**
 * Hessian += Aᵀ B, upper triangle: two rows by four columns of the result at a time, held in locals. Where
 * a parameter is absent from a row nothing is multiplied; many full rows run as a loop.
 */
import { Place } from "../expr/index.ts";
import type { Emitter } from "./emit.ts";
import { type Address, apply, type Index, load, local, type Statement } from "./kernel.ts";
import type { Layout } from "./layout.ts";
import { isZero, type Row } from "./rows.ts";

const block = 4;
/** More full rows than this are looped over instead of written out. */
const unrolled = 12;

export function products(layout: Layout, rows: readonly Row[], emitter: Emitter, base: Address): Statement[] {
  const first = emitter.take(2 * block + block + 1);
  const pairs = Array.from({ length: Math.ceil(layout.parameters / 2) }, (_, i) => [2 * i, 2 * i + 1]);
  return pairs.map((pair) => {
    const present = pair.filter((l) => l < layout.parameters);
    const accumulators = present.flatMap((l, i) =>
      Array.from({ length: block }, (_, c) => ({
        number: first + i * block + c,
        address: { ...base, offset: base.offset + l * layout.width + c, along: [["k", 1]] as const },
      })),
    );
    const body: Statement[] = [
      ...accumulators.map(
        ({ number, address }): Statement => ({ kind: "set", local: number, value: load(address) }),
      ),
      ...rowProducts(layout, rows, present, first),
      ...accumulators.map(
        ({ number, address }): Statement => ({ kind: "store", address, value: local(number) }),
      ),
    ];
    return {
      kind: "loop",
      index: "k",
      from: block * Math.floor(pair[0] / block),
      to: layout.width,
      step: block,
      body,
    };
  });
}

function rowProducts(
  layout: Layout,
  rows: readonly Row[],
  present: readonly number[],
  first: number,
): Statement[] {
  const scalar = rows.filter(({ index }) => index !== Place.axis);
  const touched = scalar.filter(({ slopes }) => present.some((l) => !isZero(slopes[l])));
  const axis = rows.filter(({ index }) => index === Place.axis);
  const looped = touched.length > unrolled && 2 * touched.length > scalar.length;
  const step = (row: number, own: readonly number[], along: readonly (readonly [Index, number])[]) =>
    oneRow(layout, row, own, present, first, along);
  const written = looped
    ? [loop(scalar.length, step(0, present, [["j", 2 * layout.width]]))]
    : touched.flatMap(({ index, slopes }) =>
        step(
          index,
          present.filter((l) => !isZero(slopes[l])),
          [],
        ),
      );
  return [...written, ...axis.map(() => loop("alternatives", step(Place.axis, present, [])))];
}

const loop = (to: number | "alternatives", body: Statement[]): Statement => ({
  kind: "loop",
  index: "j",
  from: 0,
  to,
  step: 1,
  body,
});

function oneRow(
  layout: Layout,
  row: number,
  own: readonly number[],
  present: readonly number[],
  first: number,
  along: readonly (readonly [Index, number])[],
): Statement[] {
  const b = first + 2 * block;
  const a = b + block;
  const address = (part: "A" | "B", column: number, more: readonly (readonly [Index, number])[]) => {
    const found = layout.jacobian(row, part, column);
    return { ...found, along: [...found.along, ...along, ...more] };
  };
  const loads = Array.from(
    { length: block },
    (_, c): Statement => ({ kind: "set", local: b + c, value: load(address("B", c, [["k", 1]])) }),
  );
  const sums = own.flatMap((l): Statement[] => [
    { kind: "set", local: a, value: load(address("A", l, [])) },
    ...Array.from({ length: block }, (_, c): Statement => {
      const accumulator = first + present.indexOf(l) * block + c;
      return {
        kind: "set",
        local: accumulator,
        value: apply("add", local(accumulator), apply("mul", local(a), local(b + c))),
      };
    }),
  ]);
  return [...loads, ...sums];
}
