/**
 * A report as one HTML file that needs nothing else: no network, figures as inline SVG, formulas as MathML,
 * and the study it came from inside it as JSON, so that the report can be run again. A small script lets
 * the reader sort, copy and save (interact.ts); without it the page reads the same.
 */
import type { Table } from "../data/table.ts";
import { csv } from "./csv.ts";
import { escapeHtml, jsonForScript } from "./escapeHtml.ts";
import { html } from "./html.ts";
import { interact } from "./interact.ts";
import { latex } from "./latex.ts";
import { equations, type Formula } from "./mathml.ts";
import { withMinus } from "./minus.ts";
import { style } from "./style.ts";

export interface Figure {
  /** An SVG document. */
  readonly svg: string;
  readonly caption?: string;
  /** The Vega-Lite object it was drawn from, kept in the page. */
  readonly spec?: unknown;
  /** The same picture as a PDF file, for those who save it. */
  readonly pdf?: Uint8Array;
}

/** What stands under one heading, in the order of the fields. */
export interface Section {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly formulas?: readonly Formula[];
  readonly code?: string;
  readonly table?: Table | readonly Table[];
  readonly figure?: Figure | readonly Figure[];
}

export interface Page {
  readonly title: string;
  /** One line under the title: data, model, date. */
  readonly subtitle?: string;
  readonly sections: readonly Section[];
  /** The study that makes this report, embedded under the id "study". */
  readonly study?: unknown;
  readonly footer?: string;
}

/** The HTML document. All text is escaped; SVG is taken as it is. */
export function page({ title, subtitle, sections, study, footer }: Page): string {
  const count: Count = { table: 0, figure: 0 };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
${style}
</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
${subtitle ? `<p>${escapeHtml(subtitle)}</p>\n` : ""}</header>
${contents(sections)}<main>
${sections.map((each, i) => section(each, i + 1, count)).join("\n")}</main>
${footer ? `<footer>${escapeHtml(footer)}</footer>\n` : ""}${
  study === undefined ? "" : `<script type="application/json" id="study">${jsonForScript(study)}</script>\n`
}<script>${interact}</script>
</body>
</html>
`;
}

interface Count {
  table: number;
  figure: number;
}

function contents(sections: readonly Section[]): string {
  if (sections.length < 3) return "";
  const items = sections.map(
    ({ heading }, i) => `<li>${i + 1}. <a href="#section-${i + 1}">${escapeHtml(heading)}</a></li>`,
  );
  return `<nav aria-label="Contents"><ol>\n${items.join("\n")}\n</ol></nav>\n`;
}

function section(
  { heading, paragraphs = [], formulas = [], code, ...rest }: Section,
  n: number,
  count: Count,
): string {
  return [
    `<section id="section-${n}">`,
    `<h2>${n}. ${escapeHtml(heading)}</h2>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(withMinus(text))}</p>`),
    ...(formulas.length > 0 ? [`<div class="formulas">${equations(formulas)}</div>`] : []),
    ...(code === undefined ? [] : [`<pre><code>${escapeHtml(code)}</code></pre>`]),
    ...list(rest.table).map((table) => kept(table, ++count.table)),
    ...list(rest.figure).map((figure) => drawn(figure, ++count.figure)),
    "</section>\n",
  ].join("\n");
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as T];
}

/** A table with its LaTeX and CSV inside it, for the reader to take. */
function kept(table: Table, n: number): string {
  const inside = text("latex", latex(table)) + text("csv", csv(table));
  return html(table, { label: `Table ${n}.`, name: `table-${n}`, actions: ["copy LaTeX", "CSV"], inside });
}

const text = (kind: string, content: string): string =>
  `<script type="application/json" class="${kind}">${jsonForScript(content)}</script>`;

function drawn({ svg, caption, spec, pdf }: Figure, n: number): string {
  const data = [
    ...(spec === undefined ? [] : [`<script type="application/json">${jsonForScript(spec)}</script>`]),
    ...(pdf ? [text("pdf", base64(pdf))] : []),
  ];
  const json = data.join("");
  return `<figure class="chart" data-name="figure-${n}" data-actions="SVG,PNG,PDF">
<div class="scroll">${inline(svg, n)}</div>
<figcaption><b>Figure ${n}.</b> ${escapeHtml(caption ?? "")}</figcaption>
${json}</figure>`;
}

/** Works in browsers and in Node. */
const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/**
 * On a narrow screen a figure scrolls rather than shrinking its text beyond reading.
 * Names inside an SVG are names of the whole page once it stands in one: they get the number of the figure.
 */
function inline(svg: string, n: number): string {
  const width = /\bwidth="([\d.]+)"/.exec(svg)?.[1] ?? "640";
  return svg
    .replace("<svg", `<svg style="min-width:min(${width}px, 30rem)"`)
    .replace(/^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE[^>]*>\s*)?/, "")
    .replaceAll(/\bid="([^"]+)"/g, `id="figure${n}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#figure${n}-$1)`)
    .replaceAll(/href="#([^"]+)"/g, `href="#figure${n}-$1"`);
}
