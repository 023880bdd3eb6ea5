/**
 * Percentile intervals for anything a table can hold: the same question is asked at every draw of the
 * parameters, and the spread of the answers is the interval. Works for every verb without further code.
 */
import { Complaint } from "../../complaint/index.ts";
import { type Column, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { keepingWork } from "../kept.ts";
import type { ParameterDraws } from "./parameterDraws.ts";

/** Two-sided, 95 %. */
const tail = 0.025;

/**
 * The table that `ask` gives at the estimates, with the 2.5 and 97.5 percentiles of the draws in place of the
 * delta method's numbers. The value is the column before "std. error". No standard deviation of the draws is
 * given: for ratios it does not exist.
 */
export async function percentiles(
  fit: Fit,
  draws: ParameterDraws,
  ask: (at: Fit) => Promise<Table>,
): Promise<Table> {
  const table = await ask(fit);
  const values = valueColumns(table);
  const { answers, failed } = await keepingWork(fit, () => answersAt(fit, draws, ask, [...values.keys()]));
  if (answers.length < 20)
    throw new Complaint("too few draws gave an answer", {
      value: `${answers.length} of ${draws.points.length}`,
      rule: "percentiles need at least 20",
    });
  const columns = [...table.columns].flatMap(([name, column]): [string, Column][] => {
    const error = [...values.values()].find((each) => each.error === name);
    if (error) return error.own ? [] : ends(name.replace(/ se$/, " "), answers, error.name);
    if (dropped.has(name)) return [];
    return name === "lower" || name === "upper" ? [] : [[name, column]];
  });
  const main = [...values.values()].find(({ own }) => own)!;
  const place = columns.findIndex(([name]) => name === main.name) + 1;
  columns.splice(place, 0, ...ends("", answers, main.name));
  const notes = (table.display.notes ?? []).filter(
    (note) => !note.includes("delta method") && !note.startsWith("Fieller"),
  );
  const lost = failed > 0 ? ` ${failed} draws gave no answer.` : "";
  return new Table(new Map(columns), {
    ...table.display,
    notes: [...notes, `95 % percentile intervals from ${draws.words}.${lost}`],
  });
}

/** What the delta method says besides the interval. */
const dropped = new Set(["Fieller lower", "Fieller upper", "z", "p"]);

type Answer = ReadonlyMap<string, Float64Array>;

async function answersAt(
  fit: Fit,
  draws: ParameterDraws,
  ask: (at: Fit) => Promise<Table>,
  names: readonly string[],
): Promise<{ answers: Answer[]; failed: number }> {
  const answers: Answer[] = [];
  for (const point of draws.points) {
    const answer = await ask(fitAt(fit, point)).catch((error: unknown) => {
      if (!(error instanceof Complaint)) throw error;
      return null;
    });
    if (answer) answers.push(new Map(names.map((name) => [name, numbers(answer, name)])));
  }
  return { answers, failed: draws.points.length - answers.length };
}

/** Columns lower and upper of a value, from the answers at all draws. */
function ends(prefix: string, answers: readonly Answer[], name: string): [string, Column][] {
  const rows = answers[0].get(name)!.map((_, row) => row);
  const sorted = Array.from(rows, (row) => Float64Array.from(answers, (each) => each.get(name)![row]).sort());
  const at = (share: number): Column => ({
    kind: "number",
    values: Float64Array.from(sorted, (values) => quantile(values, share)),
  });
  return [
    [`${prefix}lower`, at(tail)],
    [`${prefix}upper`, at(1 - tail)],
  ];
}

/** The same fit as if these were its estimates. */
export function fitAt(fit: Fit, point: Float64Array): Fit {
  return {
    ...fit,
    estimates: point,
    parameters: fit.parameters.map((parameter, i) => ({ ...parameter, estimate: point[i] })),
  };
}

interface ValueColumn {
  readonly name: string;
  /** The column of its standard error. */
  readonly error: string;
  /** Whether lower and upper of the table are its own. */
  readonly own: boolean;
}

/** The column before "std. error", and those with an error of their own, as "change" with "change se". */
function valueColumns({ names }: Table): Map<string, ValueColumn> {
  const place = names.indexOf("std. error");
  if (place < 1)
    throw new Complaint("this table has no estimated values", {
      rule: "the column before std. error is the value",
    });
  const main = { name: names[place - 1], error: "std. error", own: true };
  const others = names
    .filter((name) => names.includes(`${name} se`))
    .map((name) => ({ name, error: `${name} se`, own: false }));
  return new Map([main, ...others].map((each) => [each.name, each]));
}

function numbers(table: Table, name: string): Float64Array {
  const column = table.column(name);
  if (column.kind !== "number") throw new Complaint(`column ${name} holds no numbers`);
  return column.values;
}

/** Linear between order statistics. Source: Hyndman & Fan (1996), American Statistician 50:361, type 7. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
