/**
 * Choice data made of other choice data: some of its situations, or the same ones with other weights or other
 * columns. The table, its labels and its categories are shared, so a column is only gathered when it is first asked for
 * and a level that does not occur in the part keeps its meaning.
 */
import { Complaint } from "../complaint/index.ts";
import { oneAlternativeWarning } from "./check.ts";
import { ChoiceData, type ChoiceParts } from "./choiceData.ts";
import { gatherNumbers } from "./column.ts";
import type { Groups } from "./groups.ts";
import type { Outcome } from "./outcomes.ts";
import { Store } from "./store.ts";
import { Table } from "./table.ts";

/**
 * The situations of these numbers (from 0 on), in this order; one that is named twice is there twice.
 * Throws a Complaint for a number that is no situation.
 */
export function subset(data: ChoiceData, situations: Int32Array | readonly number[]): ChoiceData {
  const picked = Int32Array.from(situations);
  const bad = situations.length === 0 ? -1 : situations.findIndex((s, i) => !isSituation(data, s, picked[i]));
  if (picked.length === 0 || bad >= 0)
    throw new Complaint(picked.length === 0 ? "no situation is left" : "there is no such situation", {
      rule: `situations are numbered from 0 to ${data.situations - 1}`,
      ...(bad >= 0 && { value: situations[bad] }),
    });
  const { parts } = data;
  const { start, rows } = rowsOf(data, picked);
  const origin = composed(parts, data.layout === "wide" ? picked : rows);
  const id = (s: number): string => data.situationId(picked[s]);
  return new ChoiceData({
    ...parts,
    store: parts.store.arrangedAs({ origin, start: data.layout === "wide" ? null : start }),
    origin,
    start,
    alternative: parts.alternative && gathered(parts.alternative, rows),
    outcome: parts.outcome && outcomeAt(parts.outcome, rows),
    chosen: parts.chosen && picked.map((s, i) => start[i] + parts.chosen![s] - data.start[s]),
    weight: parts.weight && Float64Array.from(picked, (s) => parts.weight![s]),
    person: parts.person && regrouped(parts.person, picked),
    situationId: id,
    warnings: oneAlternativeWarning(start, id),
  });
}

/** The same choices with these weights, one for each situation; null for none. Throws a Complaint for a weight that is negative or missing. */
export function reweighted(data: ChoiceData, weight: Float64Array | null): ChoiceData {
  if (weight && weight.length !== data.situations)
    throw new Complaint(`there are ${weight.length} weights for ${data.situations} situations`);
  const bad = weight?.findIndex((value) => !(value >= 0 && Number.isFinite(value))) ?? -1;
  if (bad >= 0)
    throw new Complaint(`the weight of situation ${data.situationId(bad)} is not a weight`, {
      rule: "a weight is a finite number, 0 or more",
      value: weight![bad],
    });
  if (weight?.every((value) => value === 0)) throw new Complaint("all weights are 0");
  return new ChoiceData({ ...data.parts, weight });
}

/** The situations of each person, in the order of data.persons; every situation by itself where no person was declared. */
export function byPerson(data: ChoiceData): Int32Array[] {
  const { person, situations } = data;
  if (!person) return Array.from({ length: situations }, (_, s) => Int32Array.of(s));
  const counts = new Int32Array(data.personCount);
  for (const i of person) counts[i]++;
  const groups = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  person.forEach((i, s) => {
    groups[i][counts[i]++] = s;
  });
  return groups;
}

/** The same choices described by these columns alone, each with one number for every row. */
export function described(data: ChoiceData, columns: Readonly<Record<string, Float64Array>>): ChoiceData {
  const store = new Store(Table.of(columns), { origin: null, start: data.start }, {});
  return new ChoiceData({
    ...data.parts,
    layout: "long",
    store,
    origin: null,
    attributes: null,
    roles: new Set(),
    warnings: [],
  });
}

const isSituation = (data: ChoiceData, given: number, whole: number): boolean =>
  given === whole && given >= 0 && given < data.situations;

function rowsOf({ start }: ChoiceData, picked: Int32Array): { start: Int32Array; rows: Int32Array } {
  const begins = new Int32Array(picked.length + 1);
  picked.forEach((s, i) => {
    begins[i + 1] = begins[i] + start[s + 1] - start[s];
  });
  const rows = new Int32Array(begins[picked.length]);
  picked.forEach((s, i) => {
    for (let row = start[s], to = begins[i]; row < start[s + 1]; row++, to++) rows[to] = row;
  });
  return { start: begins, rows };
}

/** The same outcome, of other rows. */
export function outcomeAt({ kind, columns }: Outcome, rows: Int32Array): Outcome {
  const moved = Object.entries(columns).map(([name, values]) => [name, gatherNumbers(values, rows)]);
  return { kind, columns: Object.fromEntries(moved) };
}

const gathered = (values: Int32Array, at: Int32Array): Int32Array => at.map((from) => values[from]);

const composed = ({ origin }: ChoiceParts, picked: Int32Array): Int32Array =>
  origin ? gathered(origin, picked) : picked;

/** The same persons, numbered again by first appearance. */
function regrouped(person: Groups, picked: Int32Array): Groups {
  const number = new Int32Array(person.count).fill(-1);
  const old: number[] = [];
  const first: number[] = [];
  const of = picked.map((s, i) => {
    const before = person.of[s];
    if (number[before] < 0) {
      number[before] = old.push(before) - 1;
      first.push(i);
    }
    return number[before];
  });
  return { of, count: old.length, first: Int32Array.from(first), text: (group) => person.text(old[group]) };
}
