/**
 * The report of one or more fits: data, specification, estimates with every standard error, fit statistics,
 * temperature, elasticities, willingness to pay and charts, as one page.
 */
import { describe } from "../data/describe.ts";
import type { Fit } from "../fit/index.ts";
import { compare } from "../post/compare.ts";
import { type Article, article } from "./article.ts";
import { type ChapterOptions, chapter } from "./chapter.ts";
import { type Figure, type Page, page, type Section } from "./page.ts";

export interface ReportOptions extends ChapterOptions {
  readonly title?: string;
  /** Kept inside the page, so that it can be run again. */
  readonly study?: unknown;
  /** Makes the PDF files of figures that the page holds; without it the reader's browser prints them. */
  readonly toPdf?: (svg: string) => Promise<Uint8Array>;
}

/** The HTML document. It needs no network. Rejects with a Complaint when an attribute is not in the data. */
export async function report(fits: Fit | readonly Fit[], options: ReportOptions = {}): Promise<string> {
  const whole = await contentOf(fits, options);
  if (!options.toPdf) return page(whole);
  const sections = await Promise.all(whole.sections.map((section) => withPdf(section, options.toPdf!)));
  return page({ ...whole, sections });
}

/**
 * The same as a LaTeX document, and its figures as SVG under the names of the PDF files that it includes.
 * Rejects as `report` does.
 */
export async function reportLatex(
  fits: Fit | readonly Fit[],
  options: Omit<ReportOptions, "toPdf"> & { readonly prefix?: string } = {},
): Promise<Article> {
  return article(await contentOf(fits, options), options.prefix);
}

async function contentOf(fits: Fit | readonly Fit[], options: ReportOptions): Promise<Page> {
  const all = [fits].flat() as readonly Fit[];
  const name = (i: number): string => `model ${i + 1}`;
  const chapters = await Promise.all(all.map((fit) => chapter(fit, options)));
  const headed = chapters.flatMap((sections, i) =>
    sections.map((section) => ({
      ...section,
      heading: all.length > 1 ? `${section.heading}, ${name(i)}` : section.heading,
    })),
  );
  const sideBySide = Object.fromEntries(all.map((fit, i) => [name(i), fit]));
  return {
    title: options.title ?? "Discrete choice analysis",
    subtitle: `${all[0].situations} choices; ${all.map((fit) => fit.kernel).join(", ")}`,
    sections: [
      { heading: "Data", table: [describe(all[0].data)].flat() },
      ...(all.length > 1 ? [{ heading: "Models side by side", table: compare(sideBySide) }] : []),
      ...headed,
    ],
    study: options.study,
    footer: "Made with logsum.",
  };
}

async function withPdf(section: Section, toPdf: (svg: string) => Promise<Uint8Array>): Promise<Section> {
  const figures = [section.figure ?? []].flat() as Figure[];
  return {
    ...section,
    figure: await Promise.all(figures.map(async (figure) => ({ ...figure, pdf: await toPdf(figure.svg) }))),
  };
}
