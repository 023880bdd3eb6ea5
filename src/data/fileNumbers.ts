/** A column in a file: its numbers side by side in stretches, which are read from there when they are asked for. */
import { type FilePath, partOf } from "./fileBytes.ts";
import { placeIn } from "./placeIn.ts";

export interface FileNumbers {
  readonly kind: "file";
  readonly length: number;
  readonly file: FilePath;
  readonly type: NumberType;
  /** In the order of their rows. */
  readonly stretches: readonly Stretch[];
}

export interface Stretch {
  /** Its first row. */
  readonly first: number;
  readonly length: number;
  /** Bytes from the start of the file. */
  readonly position: number;
  /** A bit a row, from the lowest of each byte on: 0 where the number is missing. null: none is. */
  readonly there: Uint8Array | null;
}

/** Bytes of a number, and how they become doubles. Little-endian, as files and machines of today are. */
const types = {
  float64: { size: 8, widened: (bytes: Uint8Array) => new Float64Array(bytes.buffer) },
  float32: { size: 4, widened: (bytes: Uint8Array) => new Float32Array(bytes.buffer) },
  int8: { size: 1, widened: (bytes: Uint8Array) => new Int8Array(bytes.buffer) },
  int16: { size: 2, widened: (bytes: Uint8Array) => new Int16Array(bytes.buffer) },
  int32: { size: 4, widened: (bytes: Uint8Array) => new Int32Array(bytes.buffer) },
  uint8: { size: 1, widened: (bytes: Uint8Array) => bytes },
  uint16: { size: 2, widened: (bytes: Uint8Array) => new Uint16Array(bytes.buffer) },
  uint32: { size: 4, widened: (bytes: Uint8Array) => new Uint32Array(bytes.buffer) },
  int64: { size: 8, widened: (bytes: Uint8Array) => fromHalves(new Int32Array(bytes.buffer)) },
  uint64: { size: 8, widened: (bytes: Uint8Array) => fromHalves(new Uint32Array(bytes.buffer)) },
} satisfies Record<string, { size: number; widened: (bytes: Uint8Array) => ArrayLike<number> }>;
export type NumberType = keyof typeof types;

/** Low and high halves of whole numbers; beyond 2⁵³ rounded, as every number here is. */
function fromHalves(halves: Int32Array | Uint32Array): Float64Array {
  const out = new Float64Array(halves.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = (halves[2 * i] >>> 0) + halves[2 * i + 1] * 2 ** 32;
  return out;
}

/** Fills `into` with the numbers from row `from` on. Throws a Complaint where the file is no longer what it was. */
export function readFileNumbers(numbers: FileNumbers, from: number, into: Float64Array): void {
  const { stretches } = numbers;
  const to = from + into.length;
  let i = placeIn(stretches.length, (each) => stretches[each].first, from);
  for (let row = from; row < to; i++) {
    const { first, length } = stretches[i];
    const end = Math.min(to, first + length);
    if (end > row) readStretch(numbers, stretches[i], row - first, into.subarray(row - from, end - from));
    row = Math.max(row, end);
  }
}

function readStretch({ file, type }: FileNumbers, stretch: Stretch, at: number, into: Float64Array): void {
  const { size, widened } = types[type];
  const position = stretch.position + at * size;
  if (type === "float64")
    partOf(file, position, new Uint8Array(into.buffer, into.byteOffset, into.byteLength));
  else {
    const bytes = new Uint8Array(into.length * size);
    partOf(file, position, bytes);
    into.set(widened(bytes));
  }
  const { there } = stretch;
  if (!there) return;
  for (let i = 0, bit = at; i < into.length; i++, bit++)
    if ((there[bit >> 3] & (1 << (bit & 7))) === 0) into[i] = Number.NaN;
}
