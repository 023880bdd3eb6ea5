/** Tables to where the flags say: text, Markdown or JSON to the terminal, LaTeX, HTML and CSV to files. */
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
  for (const form of ["latex", "html", "csv"] as const) {
    const path = values[form];
    if (typeof path === "string") await writeText(path, `${(await inForm(tables, form)).trimEnd()}\n`);
  }
}

async function inForm(
  tables: readonly Table[],
  form: "markdown" | "latex" | "html" | "csv",
): Promise<string> {
  const forms = {
    markdown: async () => (await import("../report/markdown.ts")).markdown,
    latex: async () => (await import("../report/latex.ts")).latex,
    html: async () => (await import("../report/html.ts")).html,
    csv: async () => (await import("../report/csv.ts")).csv,
  };
  const write = await forms[form]();
  return tables.map((table) => write(table)).join("\n");
}

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
