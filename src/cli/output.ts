/** Tables to where the flags say: text, Markdown or JSON to the terminal, LaTeX, HTML, RTF and CSV to files. */
import { type Column, cell } from "../data/column.ts";
import type { Table } from "../data/table.ts";
import { writeText } from "../files.node.ts";
import type { Values } from "./flags.ts";

/** Prints the tables, and writes the files that were asked for. `json` takes the place of the tables there. */
export async function put(tables: readonly Table[], values: Values, json?: unknown): Promise<void> {
  await files(tables, values);
  if (values.json) return print(JSON.stringify(json ?? tableJson(tables), null, 2));
  if (values.markdown) return print(await inForm(tables, "markdown"));
  print(tables.map(String).join("\n\n"));
}

const print = (text: string): void => {
  process.stdout.write(`${text.trimEnd()}\n`);
};

async function files(tables: readonly Table[], values: Values): Promise<void> {
  for (const form of ["latex", "html", "rtf", "csv"] as const) {
    const path = values[form];
    if (typeof path === "string") await writeText(path, `${(await inForm(tables, form)).trimEnd()}\n`);
  }
}

type Form = "markdown" | "latex" | "html" | "rtf" | "csv";

/** Each table by itself; one document of RTF holds them all. */
const writers: Readonly<Record<Form, () => Promise<(tables: readonly Table[]) => string>>> = {
  markdown: async () => oneByOne((await import("../report/markdown.ts")).markdown),
  latex: async () => oneByOne((await import("../report/latex.ts")).latex),
  html: async () => oneByOne((await import("../report/html.ts")).html),
  rtf: async () => (await import("../report/rtf.ts")).rtfOf,
  csv: async () => oneByOne((await import("../report/csv.ts")).csv),
};

const oneByOne =
  (write: (table: Table) => string) =>
  (tables: readonly Table[]): string =>
    tables.map((table) => write(table)).join("\n");

const inForm = async (tables: readonly Table[], form: Form): Promise<string> =>
  (await writers[form]())(tables);

/** One table as an object, several as a list. */
function tableJson(tables: readonly Table[]): unknown {
  const all = tables.map((table) => ({
    title: table.display.title ?? null,
    rows: rowsOf(table),
    notes: table.display.notes ?? [],
  }));
  return all.length === 1 ? all[0] : all;
}

function rowsOf(table: Table): Record<string, unknown>[] {
  const columns = [...table.columns] as [string, Column][];
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, cell(column, row)])),
  );
}
