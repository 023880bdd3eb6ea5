/** Columns one below the other as one. */
import { type Column, lengthOf, type TextColumn } from "./column.ts";

/** Labels if any of them holds labels: a part of nothing but missing values may look like numbers. */
export function joinedColumns(parts: readonly Column[]): Column {
  if (parts.length === 1) return parts[0];
  const rows = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return parts.some(({ kind }) => kind === "text") ? joinedLabels(parts, rows) : joinedNumbers(parts, rows);
}

function joinedNumbers(parts: readonly Column[], rows: number): Column {
  const values = new Float64Array(rows);
  let at = 0;
  for (const part of parts) {
    if (part.kind === "number") values.set(part.values, at);
    at += lengthOf(part);
  }
  return { kind: "number", values };
}

function joinedLabels(parts: readonly Column[], rows: number): TextColumn {
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(rows).fill(-1);
  let at = 0;
  for (const part of parts) {
    if (part.kind === "text") {
      const own = part.levels.map((level) => {
        const code = codeOf.get(level) ?? codeOf.size;
        codeOf.set(level, code);
        return code;
      });
      for (let row = 0; row < part.codes.length; row++)
        if (part.codes[row] >= 0) codes[at + row] = own[part.codes[row]];
    }
    at += lengthOf(part);
  }
  return { kind: "text", codes, levels: [...codeOf.keys()] };
}
