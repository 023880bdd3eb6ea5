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

/** How numbers lie in files: little-endian, as files and machines of today are. */
const types = {
  float64: Float64Array,
  float32: Float32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int64: Int32Array,
  uint64: Uint32Array,
};
export type NumberType = keyof typeof types;
const isOfHalves = (type: NumberType): boolean => type === "int64" || type === "uint64";

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

/** The bytes go to the end of the room that the doubles take in the end, which they become from the front on. */
function readStretch({ file, type }: FileNumbers, stretch: Stretch, at: number, into: Float64Array): void {
  const { BYTES_PER_ELEMENT: width } = types[type];
  const size = isOfHalves(type) ? 2 * width : width;
  const { buffer, length } = into;
  const from = into.byteOffset + length * (8 - size);
  partOf(file, stretch.position + at * size, new Uint8Array(buffer, from, length * size));
  if (isOfHalves(type)) fromHalves(new types[type](buffer as ArrayBuffer, from, 2 * length), into);
  else if (type !== "float64") widen(new types[type](buffer as ArrayBuffer, from, length), into);
  if (stretch.there) markGaps(stretch.there, at, into);
}

function widen(narrow: ArrayLike<number>, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = narrow[i];
}

/** Low and high halves of whole numbers; beyond 2⁵³ rounded, as every number here is. */
function fromHalves(halves: ArrayLike<number>, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (halves[2 * i] >>> 0) + halves[2 * i + 1] * 2 ** 32;
}

function markGaps(there: Uint8Array, at: number, into: Float64Array): void {
  for (let i = 0, bit = at; i < into.length; i++, bit++)
    if ((there[bit >> 3] & (1 << (bit & 7))) === 0) into[i] = Number.NaN;
}
