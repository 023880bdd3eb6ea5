/**
 * Choices among alternatives with standard normal attributes: V = x'β with β from −1 to 1 in equal steps,
 * plus Gumbel noise; where people choose in several tasks, each has coefficients of his own, normal around these with
 * a deviation of 1/2. Columns are written in place, so that a case holds its data once and nothing else.
 */
import { random, Table } from "./library.mjs";

/** The long table of a case, and its names: `person`, `situation`, `alternative` (where labelled), `choice`, x1 … xK. */
export function generate({ situations, alternatives, parameters, labelled, tasks, stored, seed = 1 }) {
  const [Numbers, size] = stored === "single" ? [Float32Array, 4] : [Float64Array, 8];
  const rows = situations * alternatives;
  const { normal, gumbel } = random(seed);
  const names = Array.from({ length: parameters }, (_, k) => `x${k + 1}`);
  const truth = names.map((_, k) => (parameters === 1 ? 1 : (2 * k) / (parameters - 1) - 1));
  let taste = truth;
  const columns = names.map(() => new Numbers(new SharedArrayBuffer(size * rows)));
  const situation = new Float64Array(rows);
  const person = new Float64Array(tasks ? rows : 0);
  const alternative = new Float64Array(labelled ? rows : 0);
  const choice = new Float64Array(rows);
  for (let s = 0, row = 0; s < situations; s++) {
    if (tasks && s % tasks === 0) taste = truth.map((mean) => mean + normal() / 2);
    let best = Number.NEGATIVE_INFINITY;
    let chosen = row;
    for (let j = 0; j < alternatives; j++, row++) {
      situation[row] = s + 1;
      if (tasks) person[row] = Math.floor(s / tasks) + 1;
      if (labelled) alternative[row] = j + 1;
      let utility = gumbel();
      for (let k = 0; k < parameters; k++) utility += taste[k] * (columns[k][row] = normal());
      if (utility > best) [best, chosen] = [utility, row];
    }
    choice[chosen] = 1;
  }
  const ids = { ...(tasks && { person }), situation, ...(labelled && { alternative }) };
  const attributes = Object.fromEntries(names.map((name, k) => [name, columns[k]]));
  return { table: Table.of({ ...ids, choice, ...attributes }), names };
}
