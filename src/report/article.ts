/**
 * A report as a LaTeX article: the same sections as the page (page.ts), tables with booktabs, and each figure as a
 * PDF file that stands beside the document.
 */
import { latex as latexOf } from "../expr/index.ts";
import { escapeLatex } from "./escapeLatex.ts";
import { latex } from "./latex.ts";
import { withMinus } from "./minus.ts";
import type { Figure, Page, Section } from "./page.ts";

export interface Article {
  readonly text: string;
  /** The figures by the name that the text includes them under: "figure-1.pdf" → its SVG. */
  readonly figures: Readonly<Record<string, string>>;
}

/** @param prefix what the names of the figures' files begin with: "travel-mode-". */
export function article({ title, subtitle, sections, footer }: Page, prefix = ""): Article {
  const figures: Record<string, string> = {};
  const count = { table: 0, figure: 0 };
  const place = (figure: Figure): string => {
    const name = `${prefix}figure-${++count.figure}.pdf`;
    figures[name] = figure.svg;
    return drawn(name, figure.caption ?? "", count.figure);
  };
  const body = sections.flatMap((section) => [
    `\\section{${words(section.heading)}}`,
    ...proseOf(section),
    ...list(section.table).map((table) => latex(table, { label: `tab:${++count.table}` })),
    ...list(section.figure).map(place),
  ]);
  return {
    text: `${[...head(title, subtitle), ...body, ...foot(footer), "\\end{document}"].join("\n\n")}\n`,
    figures,
  };
}

const words = (text: string): string => escapeLatex(withMinus(text));
const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : ([value].flat() as readonly T[]);

const head = (title: string, subtitle: string | undefined): string[] => [
  `\\documentclass[a4paper,11pt]{article}
\\usepackage[T1]{fontenc}
\\usepackage[utf8]{inputenc}
\\usepackage{textcomp}
\\usepackage{amsmath}
\\usepackage{booktabs}
\\usepackage{graphicx}
\\usepackage[margin=25mm]{geometry}
\\makeatletter
\\newcommand{\\maxwidth}{\\ifdim\\Gin@nat@width>\\linewidth\\linewidth\\else\\Gin@nat@width\\fi}
\\makeatother`,
  `\\title{${words(title)}}\n\\author{}\n\\date{${words(subtitle ?? "")}}`,
  "\\begin{document}\n\\maketitle",
];

const foot = (footer: string | undefined): string[] =>
  footer ? [`\\medskip\\noindent\\small ${words(footer)}`] : [];

/** Paragraphs and formulas. The listing that a page adds for copying says the same as the formulas, and is left out. */
function proseOf({ paragraphs = [], formulas = [] }: Section): string[] {
  const lines = formulas.map(
    ({ name, label, expr }) =>
      `  ${name.length === 1 ? name : `\\text{${escapeLatex(name)}}`}${label ? `_{\\mathrm{${escapeLatex(label)}}}` : ""} &= ${latexOf(expr)}`,
  );
  const display = lines.length === 0 ? [] : [`\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}`];
  return [...paragraphs.map(words), ...display];
}

const drawn = (file: string, caption: string, n: number): string => `\\begin{figure}[htbp]
\\centering
\\includegraphics[width=\\maxwidth]{${file}}
\\caption{${words(caption)}}
\\label{fig:${n}}
\\end{figure}`;
