/** The values of an attribute in the data, wherever an alternative that has it is available. */
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { type Expr, evaluator, Place } from "../expr/index.ts";
import { reader } from "../spec/probe.ts";

/** Complains about a name that is no attribute, and about one that holds labels. */
export function refuseNoNumber(attribute: string, data: ChoiceData): void {
  if (!data.has(attribute))
    throw new Complaint(`there is no attribute ${attribute}`, { help: suggest(attribute, data.names) });
  if (data.isText(attribute))
    throw new Complaint(`${attribute} holds labels, and not numbers that could change`, {
      help: `name one of its 0/1 columns: ${data.category(attribute)!.columns.join(", ")}`,
    });
}

/** Whether the attribute belongs to the situation and not to its alternatives. */
export const isSituational = (name: string, data: ChoiceData): boolean =>
  data.resolve(name, Place.situation) !== null;

/** The places that have the attribute: the situation, the labelled alternatives, or the axis. */
export function sitesOf(name: string, data: ChoiceData): number[] {
  if (isSituational(name, data)) return [Place.situation];
  if (!data.labels) return [Place.axis];
  const sources = data.attributeSources(name);
  return data.labels.flatMap((_, j) => (sources.length > 0 && sources[j] === null ? [] : [j]));
}

/** Visits the values at these places, until `see` answers false. */
export function eachValue(
  name: string,
  data: ChoiceData,
  sites: readonly number[],
  see: (value: number) => boolean,
): void {
  for (const site of sites) if (!eachAt(data.resolve(name, site)!, data, site, see)) return;
}

function eachAt(expr: Expr, data: ChoiceData, site: number, see: (value: number) => boolean): boolean {
  const read = reader(data);
  const value = evaluator([expr]);
  const at = (s: number, row: number): boolean => see(value((leaf) => read(leaf, s, row))[0]);
  for (let s = 0; s < data.situations; s++) {
    if (site === Place.axis) {
      for (let row = data.start[s]; row < data.start[s + 1]; row++) if (!at(s, row)) return false;
    } else {
      const row = site >= 0 ? data.rowAt(s, site) : -1;
      if ((site < 0 || row >= 0) && !at(s, row)) return false;
    }
  }
  return true;
}

/** Whether the attribute is 0 or 1 throughout, and not always 0. */
export function isBinary(name: string, data: ChoiceData, sites: readonly number[]): boolean {
  let [binary, some] = [true, false];
  eachValue(name, data, sites, (value) => {
    some ||= value === 1;
    binary = value === 0 || value === 1;
    return binary;
  });
  return binary && some;
}
