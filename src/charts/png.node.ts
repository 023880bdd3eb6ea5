/**
 * The only door to resvg: a chart or SVG to PNG, in Node. The font travels with the package, because a
 * machine without fonts would draw no text at all; fonts of the machine are never looked at, so that the
 * same chart is the same picture everywhere.
 */
import { createRequire } from "node:module";
import type { Chart } from "./chart.ts";
import { toSvg } from "./render.ts";

export interface PngOptions {
  /** Pixels of the picture per pixel of the chart. Default 3, which prints sharply at column width. */
  readonly scale?: number;
  readonly background?: string;
}

const styles = [
  "400Regular/Arimo_400Regular",
  "700Bold/Arimo_700Bold",
  "400Regular_Italic/Arimo_400Regular_Italic",
];

/** A PNG file of a chart, or of the text of an SVG document. */
export async function toPng(chart: Chart | string, options: PngOptions = {}): Promise<Uint8Array> {
  const svg = typeof chart === "string" ? chart : await toSvg(chart);
  const { Resvg } = await import("@resvg/resvg-js");
  const drawn = new Resvg(svg, {
    background: options.background ?? "white",
    fitTo: { mode: "zoom", value: options.scale ?? 3 },
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: "Arimo" },
  });
  return drawn.render().asPng();
}

/** Where the shipped font lies. Throws where it is not installed, rather than drawing a chart without words. */
export function fontFiles(): string[] {
  const require = createRequire(import.meta.url);
  return styles.map((style) => require.resolve(`@expo-google-fonts/arimo/${style}.ttf`));
}
