/**
 * A table as LaTeX: a floating table with rules of booktabs, the one package it needs. Numbers are set in
 * mathematics, for the true minus sign; the notes stand beneath in the width of the text.
 */
import type { Table } from "../data/table.ts";
import { numberParts, type TextColumn, textColumns, textRows } from "./cells.ts";
import { escapeLatex } from "./escapeLatex.ts";
import { withMinus } from "./minus.ts";

export interface LatexOptions {
  /** For \ref: the name in \label{…}. */
  readonly label?: string;
}

/** The `table` environment, ready for a document that says \usepackage{booktabs}. */
export function latex(table: Table, options: LatexOptions = {}): string {
  const columns = textColumns(table);
  const { title, notes = [] } = table.display;
  const line = (row: readonly string[]): string => `${afterBreak(row.join(" & "))} \\\\`;
  return [
    "\\begin{table}[htbp]",
    "\\centering",
    ...(title ? [`\\caption{${escapeLatex(title)}}`] : []),
    ...(options.label ? [`\\label{${options.label}}`] : []),
    ...narrow(columns),
    `\\begin{tabular}{@{}${columns.map(({ align }) => align[0]).join("")}@{}}`,
    "\\toprule",
    line(columns.map((column) => escapeLatex(column.name))),
    "\\midrule",
    ...textRows(columns, dress).map(line),
    "\\bottomrule",
    "\\end{tabular}",
    ...footnotes(notes),
    "\\end{table}",
    "",
  ].join("\n");
}

/** Many columns are set smaller and closer. */
const narrow = ({ length }: readonly TextColumn[]): string[] =>
  length > 8
    ? ["\\footnotesize", "\\setlength{\\tabcolsep}{3pt}"]
    : length > 6
      ? ["\\small", "\\setlength{\\tabcolsep}{4pt}"]
      : [];

function dress(text: string, column: TextColumn): string {
  if (!column.isNumber || text === "") return escapeLatex(text);
  const parts = numberParts(text);
  if (!parts) return /^[<>]/.test(text) ? `$${text}$` : escapeLatex(withMinus(text));
  const digits = parts.digits === "inf" ? "\\infty" : parts.digits.replace("%", "\\%");
  const power = parts.power && ` \\times 10^{${parts.power}}`;
  // What stands behind the digits takes no room, so that points stand under each other.
  const behind = `${parts.close}${parts.stars && `^{${parts.stars}}`}`;
  return `$${parts.open}${parts.sign}${digits}${power}$${behind && `\\rlap{$${behind}$}`}`;
}

const footnotes = (notes: readonly string[]): string[] =>
  notes.length === 0
    ? []
    : [
        "",
        "\\medskip",
        "\\begin{minipage}{\\linewidth}",
        "\\footnotesize\\raggedright",
        notes.map((note) => afterBreak(escapeLatex(withMinus(note)))).join("\\\\\n"),
        "\\end{minipage}",
      ];

/** A star or a bracket at the beginning of a line would belong to the line break before it. */
const afterBreak = (text: string): string => text.replace(/^[*[]/, "{}$&");
