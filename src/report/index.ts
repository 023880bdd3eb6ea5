/** Tables and figures in the forms that people read and print. */
export type { Article } from "./article.ts";
export { csv } from "./csv.ts";
export { type ReportOptions, report, reportLatex } from "./fitReport.ts";
export { type HtmlOptions, html } from "./html.ts";
export { type LatexOptions, latex } from "./latex.ts";
export { markdown } from "./markdown.ts";
export { equations, type Formula, mathml } from "./mathml.ts";
export { type Figure, type Page, page, type Section } from "./page.ts";
export { rtf, rtfOf } from "./rtf.ts";
