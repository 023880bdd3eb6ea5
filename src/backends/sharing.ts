/** Arrays that threads may read where they are: copied to shared memory once, where the machine or page has it. */
type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array;

export const canShare = (): boolean => typeof SharedArrayBuffer === "function";

export const isShared = ({ buffer }: ArrayBufferView): boolean =>
  canShare() && (buffer as unknown) instanceof SharedArrayBuffer;

/** Copies by what they were made of. Nobody writes to either. */
const copies = new WeakMap<object, object>();

function shared<T extends Numbers>(values: T): T {
  if (isShared(values)) return values;
  const known = copies.get(values) as T | undefined;
  if (known) return known;
  const make = values.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new make(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  copies.set(values, copy);
  return copy;
}

/** The same plain data with all arrays of numbers in it shared. */
export function withShared<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return shared(value as unknown as Numbers) as unknown as T;
  if (Array.isArray(value)) return value.map(withShared) as unknown as T;
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, withShared(own)])) as T;
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
