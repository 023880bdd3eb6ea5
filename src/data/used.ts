/**
 * What the columns of a specification must hold before a likelihood may read them: a number, wherever an
 * alternative that uses it is available.
 */
import { Complaint } from "../complaint/index.ts";
import { type Expr, Place, topological } from "../expr/index.ts";
import type { ChoiceData } from "./choiceData.ts";
import { held } from "./column.ts";
import { situationBlocks } from "./situationBlocks.ts";
import type { SourceColumn } from "./sourceColumn.ts";
import { eachBlock, heldFinite } from "./stored.ts";

/**
 * Complains about the first value that is missing or not finite in a column that the utilities read.
 * `utilities` has one expression for each label, or a single one that all alternatives share. A column is
 * checked at the alternatives whose utility reads it, where they are available.
 */
export function checkUsed(data: ChoiceData, utilities: readonly Expr[]): void {
  const done = new Set<string>();
  const clean = new Map<SourceColumn, boolean>();
  utilities.forEach((utility, index) => {
    const user = data.labels && utilities.length === data.labels.length ? index : -1;
    for (const leaf of topological([utility])) {
      const key = `${leaf.value === Place.axis || data.complete ? "" : user} ${leaf.id}`;
      if (leaf.op !== "data" || done.has(key)) continue;
      done.add(key);
      if (!isSound(data, leaf, clean)) checkLeaf(data, leaf, user);
    }
  });
}

/** Whether nothing can be wrong: the alternative that is read is always there, and the whole column is finite. */
function isSound(data: ChoiceData, leaf: Expr, clean: Map<SourceColumn, boolean>): boolean {
  const column = data.column(leaf.name);
  if (!column || (leaf.value >= 0 && !data.complete)) return false;
  const known = clean.get(column) ?? heldFinite(held(column));
  clean.set(column, known);
  return known;
}

function checkLeaf(data: ChoiceData, leaf: Expr, user: number): void {
  const column = data.column(leaf.name);
  if (!column) throw new RangeError(`no column ${leaf.name}`);
  if (leaf.value === Place.axis || (user < 0 && leaf.value < 0)) {
    checkAll(data, leaf.name, column);
    return;
  }
  const bySituation = column.addressing === "situation";
  situationBlocks(column, data.start, (first, last, values, from) => {
    for (let s = first; s < last; s++) {
      if (user >= 0 && data.rowAt(s, user) < 0) continue;
      const row = leaf.value >= 0 ? data.rowAt(s, leaf.value) : data.start[s];
      if (row < 0) throw notThere(data, leaf, user, s);
      const value = values[(bySituation ? s : row) - from];
      if (!isNumber(value)) throw notNumber(data, leaf.name, row, value);
    }
  });
}

function checkAll(data: ChoiceData, name: string, column: SourceColumn): void {
  const bySituation = column.addressing === "situation";
  eachBlock(held(column), (values, from) => {
    const bad = values.findIndex((value) => !isNumber(value));
    if (bad >= 0) throw notNumber(data, name, bySituation ? data.start[from + bad] : from + bad, values[bad]);
  });
}

const isNumber = (value: number): boolean => value - value === 0;

function notNumber(data: ChoiceData, name: string, row: number, value: number): Complaint {
  const id = data.situationId(data.situationOf(row));
  const missing = Number.isNaN(value);
  return new Complaint(`${name} is ${missing ? "missing" : "not finite"} in situation ${id}`, {
    rule: "a column that a utility uses has a number wherever the alternative is available",
    ...(!missing && { value }),
    where: `line ${data.line(row)}, column ${name}`,
    line: data.line(row),
    help: `drop the rows with filter, for example "${name} == ${name}", or fill them with derive`,
  });
}

function notThere(data: ChoiceData, leaf: Expr, user: number, situation: number): Complaint {
  const [other, own] = [leaf.value, user].map((index) => data.labels?.[index] ?? "each alternative");
  return new Complaint(`the utility of ${own} reads ${leaf.name} of ${other}, which is not available`, {
    where: `situation ${data.situationId(situation)}, line ${data.line(data.start[situation])}`,
    line: data.line(data.start[situation]),
    rule: "a utility can read an attribute of another alternative where that one is available too",
  });
}

/**
 * Whether a column or attribute differs between the alternatives of at least one situation. One that never
 * does drops out of every choice probability, unless its coefficient differs by alternative.
 */
export function variesWithinSituations(data: ChoiceData, name: string): boolean {
  const leaf = data.resolve(name, Place.axis);
  const column = leaf && data.column(leaf.name);
  if (column?.addressing !== "row") return false;
  let varies = false;
  situationBlocks(column, data.start, (first, last, values, from) => {
    for (let s = first; s < last && !varies; s++)
      for (let at = data.start[s] + 1 - from; at < data.start[s + 1] - from && !varies; at++)
        varies = values[at] !== values[at - 1];
    return varies;
  });
  return varies;
}
