/**
 * Choices among alternatives with standard normal attributes: V = x'β with β from −1 to 1 in equal steps,
 * plus Gumbel noise. Columns are written in place, so that a case holds its data once and nothing else.
 */
import { random, Table } from "./library.mjs";

/** The long table of a case, and its names: `situation`, `alternative` (where labelled), `choice`, x1 … xK. */
export function generate({ situations, alternatives, parameters, labelled, seed = 1 }) {
  const rows = situations * alternatives;
  const { normal, gumbel } = random(seed);
  const names = Array.from({ length: parameters }, (_, k) => `x${k + 1}`);
  const truth = names.map((_, k) => (parameters === 1 ? 1 : (2 * k) / (parameters - 1) - 1));
  const columns = names.map(() => new Float64Array(new SharedArrayBuffer(8 * rows)));
  const situation = new Float64Array(rows);
  const alternative = new Float64Array(labelled ? rows : 0);
  const choice = new Float64Array(rows);
  for (let s = 0, row = 0; s < situations; s++) {
    let best = Number.NEGATIVE_INFINITY;
    let chosen = row;
    for (let j = 0; j < alternatives; j++, row++) {
      situation[row] = s + 1;
      if (labelled) alternative[row] = j + 1;
      let utility = gumbel();
      for (let k = 0; k < parameters; k++) utility += truth[k] * (columns[k][row] = normal());
      if (utility > best) [best, chosen] = [utility, row];
    }
    choice[chosen] = 1;
  }
  const ids = labelled ? { situation, alternative } : { situation };
  const attributes = Object.fromEntries(names.map((name, k) => [name, columns[k]]));
  return { table: Table.of({ ...ids, choice, ...attributes }), names };
}
