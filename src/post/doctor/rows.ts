/**
 * Data read in spite of rows that break a rule. The readers complain about the first such row; here its situation is put
 * aside and the rest is read again, so that every rule is written once and all rows that break one are named.
 */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, cell, checkUsed, type Table } from "../../data/index.ts";
import { compare, type Expr, nameLeaf, num, print, text } from "../../expr/index.ts";
import type { ModelSpec } from "../../fit/index.ts";
import { readModel } from "../../fit/readModel.ts";
import { choiceData, type Study, type StudyData } from "../../study/index.ts";
import type { Finding, Fix } from "./check.ts";
import { many } from "./where.ts";

/** What could be read, and what could not. */
export interface ReadRows {
  readonly data: ChoiceData | null;
  readonly findings: readonly Finding[];
}

/** So many situations are put aside before the doctor says that this is no matter of rows. */
const patience = 100;
/** Up to this share of the situations, leaving them out is a fix. */
const few = 0.05;

interface Aside {
  readonly complaint: Complaint;
  readonly person: string | null;
  /** The condition that leaves the situation out; null where it has no id. */
  readonly condition: string | null;
}

export function readRows(study: StudyData, table: Table, model: ModelSpec | null): ReadRows {
  const asides: Aside[] = [];
  let left = table;
  for (;;) {
    try {
      const data = choiceData(study, left);
      const utilities = model && utilitiesOf(model, data);
      if (utilities) checkUsed(data, utilities);
      return { data, findings: findings(asides, data.situations) };
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      const row = rowAt(left, error.parts.line);
      if (row < 0 || asides.length === patience)
        return { data: null, findings: [...findings(asides, 0), whole(error)] };
      asides.push(aside(study, left, row, error));
      left = without(study, left, row);
    }
  }
}

/** null where the model cannot be read with these data, which is not their rows' fault. */
function utilitiesOf(model: ModelSpec, data: ChoiceData): readonly Expr[] | null {
  try {
    return readModel(model, data).resolved.utilities;
  } catch (error) {
    if (error instanceof Complaint) return null;
    throw error;
  }
}

function rowAt(table: Table, line: number | undefined): number {
  if (line === undefined) return -1;
  for (let row = 0; row < table.rows; row++) if (table.line(row) === line) return row;
  return -1;
}

const idNames = ({ situation }: StudyData, table: Table): string[] =>
  [situation ?? []].flat().filter((name) => table.columns.has(name));

function without(study: StudyData, table: Table, row: number): Table {
  const ids = idNames(study, table).map((name) => table.column(name));
  const isSame = (other: number): boolean =>
    ids.length > 0 ? ids.every((id) => cell(id, other) === cell(id, row)) : other === row;
  const known = ids.every((id) => cell(id, row) !== null);
  const kept = Array.from({ length: table.rows }, (_, i) => i).filter((i) =>
    known ? !isSame(i) : i !== row,
  );
  return table.at(Int32Array.from(kept));
}

function aside(study: StudyData, table: Table, row: number, complaint: Complaint): Aside {
  const person =
    study.person && table.columns.has(study.person) ? cell(table.column(study.person), row) : null;
  const names = idNames(study, table);
  const id = names.length === 1 ? cell(table.column(names[0]), row) : null;
  const condition =
    id === null
      ? null
      : print(compare("ne", nameLeaf(names[0]), typeof id === "number" ? num(id) : text(id)));
  return { complaint, person: person === null ? null : String(person), condition };
}

/** One finding for each kind of complaint. */
function findings(asides: readonly Aside[], situationsLeft: number): Finding[] {
  const kinds = new Map<string, Aside[]>();
  for (const each of asides) {
    const kind = kindOf(each.complaint);
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  return [...kinds.values()].map((all): Finding => {
    const { complaint } = all[0];
    const named = all.slice(0, 3).map(({ complaint: each, person }) => placeOf(each, person));
    const more = all.length > 3 ? ` and ${all.length - 3} more` : "";
    const conditions = all.flatMap(({ condition }) => condition ?? []);
    const isFew = asides.length <= few * (situationsLeft + asides.length);
    const fixable = isFew && conditions.length === all.length;
    return {
      grade: "stops",
      says: `${complaint.parts.rule ?? complaint.what}; broken ${many(all.length, "time")}: ${named.join("; ")}${more}`,
      advice: complaint.parts.help ?? "mend the rows, or leave them out with filter",
      ...(fixable ? { fix: leaveOut(conditions) } : {}),
    };
  });
}

const kindOf = ({ what, parts }: Complaint): string => parts.rule ?? what;

const placeOf = ({ what, parts }: Complaint, person: string | null): string =>
  `${what} (${parts.where?.replaceAll("\n", ", ")}${person === null ? "" : `, person ${person}`})`;

const whole = (complaint: Complaint): Finding => ({
  grade: "stops",
  says: [complaint.what, ...(complaint.parts.where ? [complaint.parts.where] : [])].join(", "),
  advice: complaint.parts.help ?? complaint.parts.rule ?? "mend the study or its data",
});

const leaveOut = (conditions: readonly string[]): Fix => ({
  says: `${many(conditions.length, "situation")} left out: ${conditions.join(", ")}`,
  apply(study: Study) {
    const { filter } = study.data;
    const all = [...(filter == null ? [] : [`(${filter})`]), ...conditions].join(" and ");
    return { ...study, data: { ...study.data, filter: all } };
  },
});
