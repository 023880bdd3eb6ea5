/** The estimates of several fits as one table for `coefficients`: a row per parameter and model. */
import { Table } from "../data/table.ts";
import type { Fit } from "../fit/index.ts";

/** Columns `parameter`, `model`, `estimate`, `lower`, `upper`. */
export function sideBySide(fits: Readonly<Record<string, Fit>>): Table {
  const rows = Object.entries(fits).flatMap(([model, { parameters }]) =>
    parameters.map((parameter) => ({ model, parameter })),
  );
  const bound = (pick: "estimate" | "lower" | "upper"): number[] => rows.map((row) => row.parameter[pick]);
  return Table.of({
    parameter: rows.map(({ parameter }) => parameter.name),
    model: rows.map(({ model }) => model),
    estimate: bound("estimate"),
    lower: bound("lower"),
    upper: bound("upper"),
  });
}
