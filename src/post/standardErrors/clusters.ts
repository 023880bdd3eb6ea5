/** Who belongs together: the cluster of every unit of a likelihood, by a column. */
import { Complaint, suggest } from "../../complaint/index.ts";
import { byPerson, type ChoiceData, cell } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { isByPerson } from "../../program/index.ts";

/**
 * Unit → cluster. Units are situations, or persons where the likelihood is a mixture.
 * Throws a Complaint for an unknown column, a missing value, and one that changes within a unit.
 */
export function clustersBy({ data, compiled }: Fit, column: string): Int32Array {
  const bySituation = situationClusters(data, column);
  if (!isByPerson(compiled.program)) return bySituation;
  return Int32Array.from(byPerson(data), (situations, i) => {
    const first = bySituation[situations[0]];
    if (situations.every((s) => bySituation[s] === first)) return first;
    throw new Complaint(`${column} changes within person ${data.persons[i] ?? i + 1}`, {
      rule: "with random coefficients all choices of a person are one unit, which belongs to one cluster",
      help: "cluster by something that persons do not change",
    });
  });
}

function situationClusters(data: ChoiceData, column: string): Int32Array {
  if (data.person && isPersonColumn(data, column)) return data.person;
  const found = data.table.columns.get(column);
  if (!found)
    throw new Complaint(`there is no column ${column} to cluster by`, {
      help: suggest(column, data.table.names),
    });
  const numbers = new Map<number | string, number>();
  return Int32Array.from({ length: data.situations }, (_, s) => {
    const values = rowsOf(data, s).map((row) => cell(found, row));
    const [value] = values;
    const where = `situation ${data.situationId(s)}, line ${data.line(data.start[s])}, column ${column}`;
    if (value === null)
      throw new Complaint(`${column} is missing`, { rule: "every choice has its cluster", where });
    if (values.some((other) => other !== value))
      throw new Complaint(`${column} changes within situation ${data.situationId(s)}`, {
        rule: "a choice belongs to one cluster",
        where,
      });
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
}

/** The declared person, by its column's name or as "person". */
const isPersonColumn = (data: ChoiceData, column: string): boolean =>
  column === "person" && !data.table.columns.has("person");

/** Rows of the table that make up a situation. */
function rowsOf({ start, layout, parts: { origin } }: ChoiceData, s: number): number[] {
  if (layout === "wide") return [origin ? origin[s] : s];
  return Array.from({ length: start[s + 1] - start[s] }, (_, i) =>
    origin ? origin[start[s] + i] : start[s] + i,
  );
}
