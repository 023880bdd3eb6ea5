/**
 * Colours, fonts and line widths of all charts.
 *
 * Colours: Okabe & Ito (2008), Color universal design, told apart by colour-blind readers; their yellow is
 * left out, for it vanishes on white, and black is the colour of the text, so that it works on a dark page.
 * Font: Arimo is shipped (png.node.ts) and has the widths of Arial, so labels fit wherever a chart is drawn.
 */
import type { JsonObject } from "./chart.ts";

export type Theme = keyof typeof themes;

export const fontFamily = "Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif";
export const fontSize = 13;

export const blue = "#0072B2";
export const vermillion = "#D55E00";
/** `currentColor` is the colour of the text around the chart. */
export const ink = "currentColor";
export const palette = [blue, vermillion, "#009E73", "#CC79A7", ink, "#E69F00", "#56B4E9"] as const;
/** Solid first; when the colours run out they start again with the next dashes. */
export const dashes = [
  [1, 0],
  [7, 3],
  [2, 3],
  [8, 3, 2, 3],
] as const;

const config = (text: string, background: string): JsonObject => ({
  background,
  font: fontFamily,
  padding: 6,
  view: { stroke: null },
  style: { "guide-label": { fill: text }, "guide-title": { fill: text }, "group-title": { fill: text } },
  title: { color: text, fontSize: fontSize + 2, fontWeight: "bold", anchor: "start", offset: 12 },
  text: { color: text, fontSize },
  rule: { color: text },
  axis: {
    labelFontSize: fontSize - 1,
    titleFontSize: fontSize,
    titleFontWeight: "normal",
    titlePadding: 10,
    labelLimit: 260,
    titleLimit: 500,
    domainColor: text,
    tickColor: text,
    domainOpacity: 0.5,
    tickOpacity: 0.5,
    gridColor: text,
    gridOpacity: 0.13,
    grid: false,
    labelFlush: false,
  },
  legend: {
    labelFontSize: fontSize - 1,
    titleFontSize: fontSize,
    titleFontWeight: "normal",
    labelLimit: 200,
    symbolStrokeWidth: 2,
  },
});

export const themes = { screen: config(ink, "transparent"), print: config("black", "white") } as const;
