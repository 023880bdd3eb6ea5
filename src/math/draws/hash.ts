/**
 * Numbers that only depend on what is named: the draws of a person are a function of the seed and the
 * person's id, never of how many draws came before. Mixing: MurmurHash3's finaliser (Appleby 2008).
 */

/** 32 bits of all the numbers together; their order matters. Fractions and bits above 2^64 are ignored. */
export function hash(...parts: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    state = mixed(state ^ mixed(part | 0));
    state = (state + Math.imul(Math.floor(part / 2 ** 32) | 0, 0x85ebca6b) + 0x165667b1) | 0;
  }
  return mixed(state) >>> 0;
}

/** 32 bits of a text. */
export function hashText(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return mixed(state) >>> 0;
}

function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
