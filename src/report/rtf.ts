/**
 * A table as Rich Text, which word processors open and paste: ruled like a table of a journal, numbers to the
 * right, the title above and the notes beneath. Widths are in twips, 1440 to the inch.
 *
 * Source of the format: Microsoft (2008), Rich Text Format Specification 1.9.1.
 */
import type { Table } from "../data/table.ts";
import { numberParts, type TextColumn, textColumns, textRows } from "./cells.ts";
import { withMinus } from "./minus.ts";

/** The width between the margins of a page of A4. */
const page = 9026;
/** Half the space between columns, and what a letter takes in text of 10 points. */
const [gap, letter] = [80, 108];

/** A whole document with one table. */
export function rtf(table: Table): string {
  return document(tableRows(table));
}

/** Several tables, one after the other. */
export const rtfOf = (tables: readonly Table[]): string => document(tables.map(tableRows).join("\\par\n"));

const document = (body: string): string =>
  `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}\\fs20\n${body}\n}\n`;

function tableRows(table: Table): string {
  const columns = textColumns(table);
  const { title, notes = [] } = table.display;
  const edges = edgesOf(columns);
  const head = columns.map(({ name }) => escaped(name));
  const body = textRows(columns, dress);
  const row = (cells: readonly string[], rule: string): string =>
    [
      `\\trowd\\trgaph${gap}${edges.map((edge) => `${rule}\\cellx${edge}`).join("")}`,
      cells.map((text, i) => `\\pard\\intbl\\q${columns[i].align[0]} ${text}\\cell`).join(""),
      "\\row",
    ].join("\n");
  return [
    ...(title ? [`\\pard\\keepn\\b ${escaped(title)}\\b0\\par`] : []),
    row(head, `${top}${bottom}`),
    ...body.map((cells, i) => row(cells, i === body.length - 1 ? bottom : "")),
    ...notes.map((note) => `\\pard\\fs16 ${escaped(withMinus(note))}\\fs20\\par`),
    "\\pard",
  ].join("\n");
}

const top = "\\clbrdrt\\brdrs\\brdrw15";
const bottom = "\\clbrdrb\\brdrs\\brdrw15";

/** Right edges of the cells, as wide as what they hold; pressed together where the page is too narrow. */
function edgesOf(columns: readonly TextColumn[]): number[] {
  const widths = columns.map(
    ({ name, cells }) => 2 * gap + letter * Math.max(3, name.length, ...cells.map((text) => text.length)),
  );
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const scale = Math.min(1, page / whole);
  let edge = 0;
  return widths.map((width) => Math.round((edge += width * scale)));
}

function dress(text: string, { isNumber }: TextColumn): string {
  const parts = isNumber ? numberParts(text) : null;
  if (!parts) return escaped(isNumber ? withMinus(text) : text);
  const sup = (raised: string): string => (raised ? `{\\super ${escaped(raised)}}` : "");
  const power = parts.power && ` \\u215? 10${sup(withMinus(parts.power))}`;
  return `${parts.open}${escaped(withMinus(parts.sign + parts.digits))}${power}${parts.close}${sup(parts.stars)}`;
}

/** Letters beyond ASCII are written as their number, with a question mark for readers that know none. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\{}]/g, "\\$&")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[^\x20-\x7e]/gu, (sign) =>
      [...Array(sign.length).keys()]
        .map((i) => sign.charCodeAt(i))
        .map((code) => `\\u${code > 32767 ? code - 65536 : code}?`)
        .join(""),
    );
