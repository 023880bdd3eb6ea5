/** Numbers in memory that threads can share where the machine or page allows it, so that nothing is copied to them. */
export const sharedSingles = (length: number): Float32Array<ArrayBuffer> =>
  typeof SharedArrayBuffer === "function"
    ? new Float32Array(new SharedArrayBuffer(4 * length) as unknown as ArrayBuffer)
    : new Float32Array(length);

export const sharedNumbers = (length: number): Float64Array<ArrayBuffer> =>
  typeof SharedArrayBuffer === "function"
    ? new Float64Array(new SharedArrayBuffer(8 * length) as unknown as ArrayBuffer)
    : new Float64Array(length);
