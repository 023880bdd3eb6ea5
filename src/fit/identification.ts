/**
 * What the data cannot tell, in words: coefficients that drop out of every choice, and columns that
 * predict choices perfectly.
 */

import type { Prepared } from "../backends/index.ts";
import { NotIdentified } from "../complaint/notIdentified.ts";
import { Level, num, parameter, print, select, slopes, sub } from "../expr/index.ts";
import { atChosen } from "../models/index.ts";
import type { Outcome } from "../optimise/outcome.ts";
import { separation } from "../optimise/separation.ts";
import { type Compiled, dataOnly, freeNames, rowsOf } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";

/** Complains about a free coefficient that adds the same to every alternative: it cancels in every choice. */
export function refuseConstant(given: Resolved): void {
  const resolved = given.classes?.single ?? given;
  for (const { name, fixed, role } of resolved.parameters) {
    if (fixed || role === "temperature") continue;
    const leaf = parameter(name);
    const each = resolved.utilities.map((utility) => slopes(utility, [leaf])[0]);
    const same = resolved.latent
      ? each[0].op === "number"
      : each.every((slope) => slope === each[0]) && (each[0].level & Level.axis) === 0;
    if (!same || (resolved.labels?.length === 1 && each.length === 1)) continue;
    if (resolved.latent)
      throw new NotIdentified(`${name} is not identified: the thresholds move with it`, {
        rule: "a latent utility has no constant",
        help: "leave it out",
      });
    throw new NotIdentified(`${name} is not identified: it adds the same to every alternative`, {
      rule: "a coefficient needs a column that varies within choice sets",
      value: print(each[0]),
      where: `the utility of ${resolved.labels?.join(", ") ?? "each alternative"}`,
      help: "let it enter some alternatives only (a situation variable belongs in the second part of a formula), or leave it out",
    });
  }
}

/** Largest table of differences that is searched for separation, in numbers. */
const most = 2e7;

/**
 * Whether columns predict choices perfectly, for an outcome that ran away or went flat: a sentence that
 * names them, or null. Only utilities that are linear in the coefficients can be judged.
 */
export async function separated(
  outcome: Outcome,
  compiled: Compiled,
  prepared: Prepared,
  point: Float64Array,
  rows: number,
): Promise<string | null> {
  if (outcome.status !== "unbounded" && outcome.status !== "flat" && outcome.status !== "stalled")
    return null;
  const names = freeNames(compiled.program);
  if (rows * names.length > most) return null;
  const differences = await differenceRows(compiled, prepared, point);
  if (!differences) return null;
  const { kind, columns } = separation(differences, names.length);
  if (kind === "none") return null;
  const who = columns.map((k) => names[k]).join(", ");
  const how = kind === "complete" ? "every choice" : "some choices";
  return `${kind === "complete" ? "perfect" : "quasi-complete"} separation: ${who} ${columns.length === 1 ? "predicts" : "together predict"} ${how} without error, so no finite estimate exists`;
}

/** x_chosen − x_j for every available alternative j of every situation, row by row; null where utilities are not linear. */
async function differenceRows(
  { program, set }: Compiled,
  prepared: Prepared,
  point: Float64Array,
): Promise<Float64Array | null> {
  const rows = rowsOf(program, program.classes[0].utilities, []);
  if (rows.length !== set.all.length || !rows.every((row) => row.slopes.every(dataOnly))) return null;
  const size = program.free.length;
  const chosen = program.free.map((_, k) =>
    atChosen(
      set,
      rows.map(({ slopes: each }) => each[k]),
    ),
  );
  const outputs = rows.flatMap((row, r) =>
    row.slopes.map((slope, k) => select(set.all[r].available, sub(chosen[k], slope), num(0))),
  );
  const out: number[] = [];
  await prepared.each(outputs, point, ({ values }) => {
    for (let i = 0; i < values[0].length; i++) {
      for (let r = 0; r < rows.length; r++) for (let k = 0; k < size; k++) out.push(values[r * size + k][i]);
    }
  });
  return Float64Array.from(out);
}
