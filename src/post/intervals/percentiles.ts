/**
 * Percentile intervals for anything a table can hold: the same question is asked at every draw of the
 * parameters, and the spread of the answers is the interval. Works for every verb without further code.
 */
import { Complaint } from "../../complaint/index.ts";
import { type Column, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
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
  const value = valueColumn(table);
  const answers: Float64Array[] = [];
  let failed = 0;
  for (const point of draws.points) {
    const answer = await ask(fitAt(fit, point)).catch((error: unknown) => {
      if (!(error instanceof Complaint)) throw error;
      failed++;
      return null;
    });
    if (answer) answers.push(numbers(answer, value));
  }
  if (answers.length < 20)
    throw new Complaint("too few draws gave an answer", {
      value: `${answers.length} of ${draws.points.length}`,
      rule: "percentiles need at least 20",
    });
  const rows = Array.from({ length: table.rows }, (_, row) =>
    Float64Array.from(answers, (answer) => answer[row]).sort(),
  );
  const replaced: Record<string, Float64Array> = {
    lower: Float64Array.from(rows, (sorted) => quantile(sorted, tail)),
    upper: Float64Array.from(rows, (sorted) => quantile(sorted, 1 - tail)),
  };
  const columns = new Map<string, Column>(
    [...table.columns].map(([name, column]) => [
      name,
      replaced[name] ? { kind: "number", values: replaced[name] } : column,
    ]),
  );
  for (const name of ["std. error", "Fieller lower", "Fieller upper", "z", "p"]) columns.delete(name);
  const notes = (table.display.notes ?? []).filter(
    (note) => !note.includes("delta method") && !note.startsWith("Fieller"),
  );
  const lost = failed > 0 ? ` ${failed} draws gave no answer.` : "";
  return new Table(columns, {
    ...table.display,
    notes: [...notes, `95 % percentile intervals from ${draws.words}.${lost}`],
  });
}

/** The same fit as if these were its estimates. */
export function fitAt(fit: Fit, point: Float64Array): Fit {
  return {
    ...fit,
    estimates: point,
    parameters: fit.parameters.map((parameter, i) => ({ ...parameter, estimate: point[i] })),
  };
}

function valueColumn(table: Table): string {
  const { names } = table;
  const place = names.indexOf("std. error");
  if (place < 1)
    throw new Complaint("this table has no estimated values", {
      rule: "the column before std. error is the value",
    });
  return names[place - 1];
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
