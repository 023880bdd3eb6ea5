/**
 * A small assembler for WebAssembly modules: instructions by their names, sections in their order.
 * Encodings: WebAssembly Core Specification 2.0, section 5 (binary format).
 */
export type Bytes = number[];

/** Instructions without immediates. Two-byte codes carry the SIMD prefix 0xfd. */
const plain: Readonly<Record<string, number>> = {
  end: 0x0b,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i32.mul": 0x6c,
  "i32.lt_s": 0x48,
  "i32.ge_s": 0x4e,
};
const simd: Readonly<Record<string, number>> = {
  "f64x2.splat": 0x14,
  "f64x2.eq": 0x47,
  "f64x2.ne": 0x48,
  "f64x2.lt": 0x49,
  "f64x2.gt": 0x4a,
  "f64x2.le": 0x4b,
  "f64x2.ge": 0x4c,
  "v128.not": 0x4d,
  "v128.and": 0x4e,
  "v128.andnot": 0x4f,
  "v128.or": 0x50,
  "v128.xor": 0x51,
  "v128.bitselect": 0x52,
  "v128.any_true": 0x53,
  "f64x2.nearest": 0x94,
  "i32x4.splat": 0x11,
  "i32x4.shl": 0xab,
  "i32x4.shr_s": 0xac,
  "i32x4.shr_u": 0xad,
  "i32x4.mul": 0xb5,
  "i32x4.sub": 0xb1,
  "i32x4.add": 0xae,
  "i64x2.extend_low_i32x4_s": 0xc7,
  "i64x2.shl": 0xcb,
  "i64x2.shr_s": 0xcc,
  "i64x2.add": 0xce,
  "i64x2.sub": 0xd1,
  "f64x2.abs": 0xec,
  "f64x2.neg": 0xed,
  "f64x2.sqrt": 0xef,
  "f64x2.add": 0xf0,
  "f64x2.sub": 0xf1,
  "f64x2.mul": 0xf2,
  "f64x2.div": 0xf3,
  "f64x2.min": 0xf4,
  "f64x2.max": 0xf5,
  "f64x2.pmin": 0xf6,
  "f64x2.pmax": 0xf7,
  "i32x4.trunc_sat_f64x2_s_zero": 0xfc,
  "f64x2.convert_low_i32x4_u": 0xff,
  /** a × b + c and c − a × b with one rounding, where the machine can: the relaxed SIMD proposal. */
  "f64x2.relaxed_madd": 0x107,
  "f64x2.relaxed_nmadd": 0x108,
};

const encoded = new Map<string, Bytes>([
  ...Object.entries(plain).map(([name, code]): [string, Bytes] => [name, [code]]),
  ...Object.entries(simd).map(([name, code]): [string, Bytes] => [name, [0xfd, ...unsigned(code)]]),
]);

export const instruction = (name: string): Bytes => {
  const bytes = encoded.get(name);
  if (bytes) return bytes;
  throw new RangeError(`no instruction ${name}`);
};

export const localGet = (index: number): Bytes => [0x20, ...unsigned(index)];
export const localSet = (index: number): Bytes => [0x21, ...unsigned(index)];
export const localTee = (index: number): Bytes => [0x22, ...unsigned(index)];
export const call = (index: number): Bytes => [0x10, ...unsigned(index)];
export const i32Const = (value: number): Bytes => [0x41, ...signed(value)];
export const i32Load = (offset: number): Bytes => [0x28, 2, ...unsigned(offset)];
export const v128Load = (offset: number): Bytes => [0xfd, 0x00, 3, ...unsigned(offset)];
export const v128Store = (offset: number): Bytes => [0xfd, 0x0b, 3, ...unsigned(offset)];
/** Both lanes hold the double at the address. */
export const v128LoadSplat = (offset: number): Bytes => [0xfd, 0x0a, 3, ...unsigned(offset)];
/** The double at the address in the first lane, 0 in the second. */
export const v128LoadFirst = (offset: number): Bytes => [0xfd, 0x5d, 3, ...unsigned(offset)];
/** The double at the address into the second lane of a vector on the stack. */
export const v128LoadSecond = (offset: number): Bytes => [0xfd, 0x57, 3, ...unsigned(offset), 1];
/** The first lane to the address. */
export const v128StoreLane = (offset: number): Bytes => [0xfd, 0x5b, 3, ...unsigned(offset), 0];
/** The second lane to the address. */
export const v128StoreSecond = (offset: number): Bytes => [0xfd, 0x5b, 3, ...unsigned(offset), 1];
/** The lanes of the two operands, by number: 0 and 1 of the first, 2 and 3 of the second. */
export const shuffle = (...lanes: [number, number]): Bytes => [
  0xfd,
  0x0d,
  ...lanes.flatMap((lane) => Array.from({ length: 8 }, (_, i) => 8 * lane + i)),
];
/** One of the four integers of a vector. */
export const extractLane = (lane: number): Bytes => [0xfd, 0x1b, lane];
/** The bytes of each of the four integers back to front. */
export const bytesBackwards = (vector: Bytes): Bytes => [
  ...vector,
  ...vector,
  0xfd,
  0x0d,
  ...Array.from({ length: 16 }, (_, i) => i ^ 3),
];
export const when: Bytes = [0x04, 0x40];
export const block: Bytes = [0x02, 0x40];
export const loop: Bytes = [0x03, 0x40];
export const branch = (depth: number): Bytes => [0x0c, ...unsigned(depth)];
export const branchIf = (depth: number): Bytes => [0x0d, ...unsigned(depth)];

/** Both lanes hold the same double. */
export const f64x2Const = (value: number): Bytes =>
  bitsConst(new Uint8Array(new Float64Array([value, value]).buffer));
/** Both lanes hold the same 64-bit pattern. */
export const i64x2Const = (bits: bigint): Bytes =>
  bitsConst(new Uint8Array(new BigUint64Array([bits, bits]).buffer));
const bitsConst = (bytes: Uint8Array): Bytes => [0xfd, 0x0c, ...bytes];

export const type = { i32: 0x7f, v128: 0x7b } as const;

export interface FunctionCode {
  readonly params: readonly number[];
  readonly results: readonly number[];
  /** Runs of locals of one type, after the parameters. */
  readonly locals: readonly { readonly count: number; readonly type: number }[];
  readonly body: Bytes;
  /** Exported under this name, if any. */
  readonly name?: string;
}

/** Bytes in pieces, that are put together once: the bodies of functions are long. */
type Pieces = readonly Bytes[];

/** A module of these functions over one imported memory ("m" "memory"). */
export function moduleOf(functions: readonly FunctionCode[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params, results }) => [
    [0x60],
    ...vector(params.map((p) => [[p]])),
    ...vector(results.map((r) => [[r]])),
  ]);
  const codes = functions.map(({ locals, body }) =>
    sized([...vector(locals.map(({ count, type: t }) => [[...unsigned(count), t]])), body, [0x0b]]),
  );
  const named = functions.flatMap(({ name }, i) => (name ? [[...text(name), [0, ...unsigned(i)]]] : []));
  const memory = [...text("m"), ...text("memory"), [2, 0, 1]];
  return joined([
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, i) => [unsigned(i)]))),
    ...section(7, vector(named)),
    ...section(10, vector(codes)),
  ]);
}

const section = (id: number, content: Pieces): Pieces => [[id], ...sized(content)];
const sized = (content: Pieces): Pieces => [unsigned(lengthOf(content)), ...content];
const text = (name: string): Pieces => sized([[...new TextEncoder().encode(name)]]);
const vector = (items: readonly Pieces[]): Pieces => [unsigned(items.length), ...items.flat()];
const lengthOf = (pieces: Pieces): number => pieces.reduce((sum, { length }) => sum + length, 0);

function joined(pieces: Pieces): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** LEB128. */
export function unsigned(value: number): Bytes {
  if (value < 128) return [value];
  const bytes: Bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

export function signed(value: number): Bytes {
  const bytes: Bytes = [];
  for (let rest = value | 0; ; rest >>= 7) {
    const last = (rest >> 6 === 0 || rest >> 6 === -1) && true;
    if (last) return [...bytes, rest & 127];
    bytes.push((rest & 127) | 128);
  }
}
