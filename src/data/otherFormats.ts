/** Columns of other formats as columns of a table: numbers are numbers, words labels, dates the labels of their day or second. */
import { Complaint } from "../complaint/index.ts";
import { type Column, columnOf } from "./column.ts";

/**
 * @param values numbers, whole numbers of 64 bits, true and false (1 and 0), text or dates; null and undefined are missing.
 * Throws a Complaint for lists and structures, which have no place in a cell.
 */
export function columnFrom(name: string, values: ArrayLike<unknown>): Column {
  if (values instanceof Float64Array || values instanceof Float32Array) return columnOf(values);
  const sample = firstOf(values);
  if (typeof sample === "string") return columnOf(values as readonly (string | null)[]);
  if (sample instanceof Date) return columnOf(Array.from(values, (value) => written(value as Date | null)));
  if (sample !== undefined && !["number", "bigint", "boolean"].includes(typeof sample))
    throw new Complaint(`column ${name} holds values that are neither numbers nor text`, {
      value: JSON.stringify(sample, (_, value) => (typeof value === "bigint" ? String(value) : value)).slice(
        0,
        60,
      ),
      help: "leave the column out of the file, or write it as text",
    });
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    numbers[row] = value == null ? Number.NaN : Number(value);
  }
  return { kind: "number", values: numbers };
}

function firstOf(values: ArrayLike<unknown>): unknown {
  for (let row = 0; row < values.length; row++) if (values[row] != null) return values[row];
  return undefined;
}

/** 2024-05-01, or with the time where it is not midnight. */
function written(date: Date | null | undefined): string | null {
  if (date == null) return null;
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}
