/**
 * What the data cannot tell, in words: coefficients that drop out of every choice, and columns that
 * predict choices perfectly.
 */

import type { Prepared } from "../backends/index.ts";
import { NotIdentified } from "../complaint/notIdentified.ts";
import type { ChoiceData } from "../data/index.ts";
import { Level, parameter, print, slopes } from "../expr/index.ts";
import type { Outcome } from "../optimise/outcome.ts";
import { separation } from "../optimise/separation.ts";
import { type Compiled, freeNames, isMixture } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";
import { differenceRows } from "./differences.ts";

/** Complains about a free coefficient that adds the same to every alternative: it cancels in every choice. */
export function refuseConstant(resolved: Resolved): void {
  const [first] = cancelling(resolved);
  if (first) throw first.complaint;
}

/** Every free coefficient that cancels, with what is to be said of it. */
export function cancelling(given: Resolved): { name: string; complaint: NotIdentified }[] {
  const resolved = given.classes?.single ?? given;
  return resolved.parameters.flatMap(({ name, fixed, role }) => {
    if (fixed || role === "temperature" || role === "measurement") return [];
    const leaf = parameter(name);
    const each = resolved.utilities.map((utility) => slopes(utility, [leaf])[0]);
    const same = resolved.latent
      ? each[0].op === "number"
      : each.every((slope) => slope === each[0]) && (each[0].level & Level.axis) === 0;
    if (!same || (resolved.labels?.length === 1 && each.length === 1)) return [];
    if (resolved.latent) {
      const moved = new NotIdentified(`${name} is not identified: the thresholds move with it`, {
        rule: "a latent utility has no constant",
        help: "leave it out",
      });
      return [{ name, complaint: moved }];
    }
    const complaint = new NotIdentified(`${name} is not identified: it adds the same to every alternative`, {
      rule: "a coefficient needs a column that varies within choice sets",
      value: print(each[0]),
      where: `the utility of ${resolved.labels?.join(", ") ?? "each alternative"}`,
      help: "let it enter some alternatives only (a situation variable belongs in the second part of a formula), or leave it out",
    });
    return [{ name, complaint }];
  });
}

/** Largest table of differences that is searched for separation, in numbers. */
const most = 2e7;

/**
 * Whether columns predict choices perfectly, for an outcome that ran away or went flat: a sentence that
 * names them, or null. Only utilities that are linear in the coefficients, which are the same for all, can be judged.
 */
export async function separated(
  outcome: Outcome,
  compiled: Compiled,
  prepared: Prepared,
  point: Float64Array,
  data: ChoiceData,
): Promise<string | null> {
  if (outcome.status !== "unbounded" && outcome.status !== "flat" && outcome.status !== "stalled")
    return null;
  const names = freeNames(compiled.program);
  if (isMixture(compiled.program)) return null;
  if (data.rows * names.length > most) return null;
  const differences = await differenceRows(compiled, prepared, point, data);
  if (!differences) return null;
  const { kind, columns } = separation(differences, names.length);
  if (kind === "none") return null;
  const who = columns.map((k) => names[k]).join(", ");
  const how = kind === "complete" ? "every choice" : "some choices";
  return `${kind === "complete" ? "perfect" : "quasi-complete"} separation: ${who} ${columns.length === 1 ? "predicts" : "together predict"} ${how} without error, so no finite estimate exists`;
}
