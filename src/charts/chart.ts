/**
 * A chart is a plain Vega-Lite object: it can be stored, edited by hand, embedded in a page and rendered by
 * anything that knows the format. Nothing here loads Vega; render.ts does.
 */
import { type Theme, themes } from "./theme.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Chart extends JsonObject {
  readonly $schema: string;
  /** Read aloud by screen readers. */
  readonly description: string;
  /** Not drawn: the sentence that stands under the figure. */
  readonly usermeta: { readonly caption: string };
}

export interface ChartOptions {
  /** Drawn above the chart; papers leave it out and use the caption. */
  readonly title?: string;
  readonly caption?: string;
  /** Total width in pixels, labels included. Default 640 on screen; 440 in print, where the text of a chart that
   * is set 3.4 inches wide, the column of a journal, comes out at 7 points. */
  readonly width?: number;
  readonly height?: number;
  /** "screen": transparent, in the colours of the page, dark or light; "print": black on white. */
  readonly theme?: Theme;
}

const defaultWidth: Record<Theme, number> = { screen: 640, print: 440 };

/** Puts the common frame around what a chart draws. */
export function chart(parts: JsonObject, caption: string, options: ChartOptions = {}): Chart {
  const theme = options.theme ?? "screen";
  const said = options.caption ?? caption;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: said,
    usermeta: { caption: said },
    ...(options.title ? { title: options.title } : {}),
    width: options.width ?? defaultWidth[theme],
    autosize: { type: "fit-x", contains: "padding" },
    ...parts,
    config: themes[theme],
  };
}
