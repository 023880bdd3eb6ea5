/** Everything measured of every group besides shares: one row each. */
import { Table } from "../../data/index.ts";
import { errorsNote, type Panel } from "./influence.ts";
import type { GroupReport } from "./measures.ts";

export function measureTable(panel: Panel, reports: readonly GroupReport[]): Table {
  const lines = reports.flatMap(({ group, measures }) => measures.map((measure) => ({ group, ...measure })));
  return Table.of(
    {
      by: lines.map(({ group }) => group.by),
      group: lines.map(({ group }) => group.name),
      measure: lines.map(({ measure }) => measure),
      value: lines.map(({ value }) => value),
      "std. error": lines.map((line) => line.standardError),
      lower: lines.map(({ lower }) => lower),
      upper: lines.map(({ upper }) => upper),
    },
    {
      title: "Measures by group",
      keys: 3,
      notes: [
        ...reports.flatMap(({ notes }) => notes),
        `${errorsNote(panel)} Temperature: at frozen utilities, 1 for everybody together; above 1, less decided than the model says.`,
        "Log loss − entropy: 0 where the model knows how sure it is. Calibration error: of all probabilities in ten bins of equal mass, debiased, with a bootstrap interval over persons.",
      ],
    },
  );
}
