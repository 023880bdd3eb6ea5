/**
 * Tables print themselves: as text on the console, as HTML in a notebook. Whoever takes
 * Table from here gets one that does.
 */
import { showsAs } from "../data/showing.ts";
import { Table } from "../data/table.ts";
import { html } from "./html.ts";

showsAs(Table.prototype, {
  text: String,
  notebook: (table) => ({ "text/plain": String(table), "text/html": html(table) }),
});

export { Table };
