/**
 * The loops of math/draws/loops.ts on two numbers at a time, over the memory of a machine: the same table and the same
 * operations in the same order, so draws have the bits that JavaScript gives them, but for the logarithm in the tails.
 */
import type { DrawLoops } from "../../math/draws/loops.ts";
import { multipliers } from "../../math/draws/scramble.ts";
import { cellLength, cellShift, firstCell, least, quantileTable } from "../../math/quantileTable.ts";
import {
  type Bytes,
  block,
  branch,
  branchIf,
  bytesBackwards,
  extractLane,
  type FunctionCode,
  i32Const,
  i64x2Const,
  instruction,
  localGet,
  localSet,
  loop,
  moduleOf,
  type,
  v128Load,
  v128LoadFirst,
  v128LoadSecond,
  v128Store,
  when,
} from "./assembler.ts";
import { assemble, elementary, elementaryIndex } from "./elementary.ts";

const cellBytes = 8 * cellLength;
/** Words of the table, which a machine keeps in its memory. */
export const tableWords = (): number => quantileTable().length;

/** @param place where the table goes, in bytes. */
export async function drawLoopsIn(memory: WebAssembly.Memory, place: number): Promise<DrawLoops> {
  compiled ??= WebAssembly.compile(moduleOf([...elementary, normals(), scrambled()]));
  const { exports } = await WebAssembly.instantiate(await compiled, { m: { memory } });
  const run = exports as Record<string, (...all: number[]) => void>;
  const table = quantileTable();
  new Float64Array(memory.buffer, place, table.length).set(table);
  const words = new Int32Array(memory.buffer);
  return {
    normals(values) {
      run.normals(values.byteOffset, values.byteOffset + values.byteLength, place - firstCell * cellBytes);
    },
    scrambled(mirrored, seed, { byteOffset, length }) {
      // The points wait in the second half of the row: what is written never comes before what is read.
      const points = byteOffset + 4 * (length + (length % 2));
      words.set(mirrored.subarray(0, length), points / 4);
      run.scrambled(byteOffset, byteOffset + 8 * length, points, seed, (seed >>> 16) | 1);
    },
  };
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** Numbers from the first parameter up to the second, in bytes; an odd last one takes along what is behind it. */
function over(
  name: string,
  parameters: number,
  addresses: number,
  body: (code: Code) => Bytes,
): FunctionCode {
  const code = new Code(parameters + addresses);
  const inside = body(code);
  const step = [...localGet(0), ...i32Const(16), ...instruction("i32.add"), ...localSet(0)];
  const done = [...localGet(0), ...localGet(1), ...instruction("i32.ge_s"), ...branchIf(1)];
  const end = instruction("end");
  return {
    params: Array<number>(parameters).fill(type.i32),
    results: [],
    locals: [
      { count: addresses, type: type.i32 },
      { count: code.vectors, type: type.v128 },
    ],
    body: [...code.before, ...block, ...loop, ...done, ...inside, ...step, ...branch(0), ...end, ...end],
    name,
  };
}

/** A place for programs of elementary.ts whose constants are set once, before the loop. */
class Code {
  readonly before: Bytes = [];
  readonly first: number;
  vectors = 8;
  private readonly known = new Map<bigint, number>();

  constructor(first: number) {
    this.first = first;
  }

  readonly constant = (bits: bigint): Bytes => {
    const local = this.known.get(bits) ?? this.first + this.vectors++;
    if (!this.known.has(bits)) this.before.push(...i64x2Const(bits), ...localSet(local));
    this.known.set(bits, local);
    return localGet(local);
  };

  text(program: string): Bytes {
    return assemble(program, this);
  }
}

/** p in 0, q in 1, x in 2, the places of the cells in 3, what the table is moved by in 4, t and T in 5 and 6. */
const normals = (): FunctionCode =>
  over("normals", 3, 2, (code) => {
    code.before.push(...localGet(2), ...instruction("i32x4.splat"), ...code.text("=4"));
    const cells = [3, 4] as const;
    const of = (k: number): Bytes => [
      ...localGet(cells[1]),
      ...localGet(cells[0]),
      ...v128LoadFirst(8 * k),
      ...v128LoadSecond(8 * k),
    ];
    const degree = cellLength - 2;
    return [
      ...localGet(0),
      ...v128Load(0),
      // What is no probability must not lead out of the table.
      ...code.text(`&0 0.5 sub =1 $0 1 $0 sub mul =2 0.25 ${least} $2 pmax pmin
        @${cellShift} i32x4.shr_u @${Math.log2(cellBytes)} i32x4.shl $4 i32x4.add =3`),
      ...cells.flatMap((cell, lane) => [...code.text("$3"), ...extractLane(2 * lane + 1), ...localSet(cell)]),
      ...code.text("$2"),
      ...of(0),
      ...code.text("sub =5"),
      ...of(degree + 1),
      ...Array.from({ length: degree }, (_, i) => [
        ...code.text("$5 mul"),
        ...of(degree - i),
        ...code.text("add"),
      ]).flat(),
      ...code.text("=6 $1 $6 mul =6"),
      ...code.text(`$2 ${least} ge v128.not v128.any_true`),
      ...when,
      ...code.text(`$0 !${elementaryIndex.normalQuantile} =6`),
      ...instruction("end"),
      ...localGet(0),
      ...code.text("$6"),
      ...v128Store(0),
    ];
  });

const swapped = (mask: bigint, by: number): string =>
  `&0 @${by} i32x4.shr_u #${mask} v128.and $0 #${mask} v128.and @${by} i32x4.shl v128.or`;
/** The same 32 bits four times. */
const fourTimes = (bits: number): bigint => BigInt(bits >>> 0) * 0x100000001n;

/** Points in the first half of a vector; the seed in 1, what the sum is multiplied by in 2. */
const scrambled = (): FunctionCode =>
  over("scrambled", 5, 0, (code) => {
    for (const [parameter, local] of [3, 4].entries())
      code.before.push(...localGet(local), ...instruction("i32x4.splat"), ...code.text(`=${parameter + 1}`));
    const [first, second, third] = multipliers.map((each) => `&0 $0 #${fourTimes(each)} i32x4.mul v128.xor`);
    return [
      ...localGet(0),
      ...localGet(2),
      ...v128LoadFirst(0),
      ...code.text(`${first} $1 i32x4.add $2 i32x4.mul ${second} ${third}`),
      ...code.text(swapped(0x5555555555555555n, 1)),
      ...code.text(swapped(0x3333333333333333n, 2)),
      ...code.text(swapped(0x0f0f0f0f0f0f0f0fn, 4)),
      ...code.text("=0"),
      ...bytesBackwards(code.text("$0")),
      ...code.text(`f64x2.convert_low_i32x4_u 0.5 add ${2 ** -32} mul`),
      ...v128Store(0),
      ...[localGet(2), i32Const(8), instruction("i32.add"), localSet(2)].flat(),
    ];
  });
