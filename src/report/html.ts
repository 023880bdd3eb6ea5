/** A table as HTML: semantic, escaped, without a style of its own; page.ts dresses it. */
import type { Table } from "../data/table.ts";
import { numberParts, type TextColumn, textColumns, textRows } from "./cells.ts";
import { escapeHtml } from "./escapeHtml.ts";
import { withMinus } from "./minus.ts";

export interface HtmlOptions {
  /** Stands before the title: "Table 2." */
  readonly label?: string;
  /** A name for files made of it, and what a page offers to do with it. */
  readonly name?: string;
  readonly actions?: readonly string[];
  /** HTML that stands at the end of the figure. */
  readonly inside?: string;
}

/** A `<figure>` with the table in a box that scrolls, and the notes beneath. */
export function html(table: Table, options: HtmlOptions = {}): string {
  const columns = textColumns(table);
  const { notes = [] } = table.display;
  const head = columns.map((column) => `<th scope="col"${side(column)}>${name(column.name)}</th>`).join("");
  return [
    `<figure class="table"${offers(options)}>`,
    '<div class="scroll" role="region" tabindex="0" aria-label="table">',
    "<table>",
    ...caption(table.display.title, options.label),
    `<thead><tr>${head}</tr></thead>`,
    "<tbody>",
    ...textRows(columns, dress).map(
      (row) => `<tr>${row.map((text, i) => td(text, columns, i)).join("")}</tr>`,
    ),
    "</tbody>",
    "</table>",
    "</div>",
    ...(notes.length > 0 ? [`<figcaption>${notes.map(paragraph).join("")}</figcaption>`] : []),
    ...(options.inside ? [options.inside] : []),
    "</figure>",
    "",
  ].join("\n");
}

const offers = ({ name: file, actions = [] }: HtmlOptions): string =>
  file ? ` data-name="${escapeHtml(file)}" data-actions="${escapeHtml(actions.join())}"` : "";

function caption(title: string | undefined, label: string | undefined): string[] {
  if (!title && !label) return [];
  const number = label ? `<b>${escapeHtml(label)}</b> ` : "";
  return [`<caption>${number}${escapeHtml(title ?? "")}</caption>`];
}

/** The first column names its row, if it holds text. */
function td(text: string, columns: readonly TextColumn[], i: number): string {
  if (i === 0 && !columns[0].isNumber) return `<th scope="row">${text}</th>`;
  return `<td${side(columns[i])}>${text}</td>`;
}

const side = ({ align }: TextColumn): string => (align === "right" ? ' class="number"' : "");
const paragraph = (note: string): string => `<p>${escapeHtml(withMinus(note))}</p>`;
/** Long names may break after an underscore. */
const name = (text: string): string => escapeHtml(text).replaceAll("_", "_<wbr>");

function dress(text: string, { isNumber }: TextColumn): string {
  const parts = isNumber ? numberParts(text) : null;
  if (!parts) return escapeHtml(isNumber ? withMinus(text) : text);
  const digits = parts.digits.replace("inf", "∞");
  const power = parts.power && ` × 10<sup>${minus(parts.power)}</sup>`;
  const stars = parts.stars && `<sup>${parts.stars}</sup>`;
  return `${parts.open}${minus(parts.sign)}${digits}${power}${parts.close}${stars}`;
}

const minus = (text: string): string => text.replace("-", "−");
