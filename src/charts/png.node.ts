/**
 * The only door to resvg: a chart or SVG to PNG, in Node. The font travels with the package, because a
 * machine without fonts would draw no text at all; fonts of the machine are never looked at, so that the
 * same chart is the same picture everywhere.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
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
    font: { fontFiles: await fontFiles(), loadSystemFonts: false, defaultFontFamily: "Arimo" },
  });
  return drawn.render().asPng();
}

/** Complains here rather than drawing a chart without words. */
async function fontFiles(): Promise<string[]> {
  const files = styles.map((style) =>
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/arimo/${style}.ttf`)),
  );
  await readFile(files[0]);
  return files;
}
