/**
 * The only door to pdfkit and svg-to-pdfkit: a chart or SVG as a vector PDF of its own size, in Node, with
 * the shipped font embedded.
 */
import type { Chart } from "./chart.ts";
import { fontFiles } from "./png.node.ts";
import { toSvg } from "./render.ts";

/** A PDF file of a chart, or of the text of an SVG document, one page as large as the picture. */
export async function toPdf(chart: Chart | string): Promise<Uint8Array> {
  const svg = typeof chart === "string" ? chart : await toSvg(chart);
  const [{ default: Document }, { default: draw }] = await Promise.all([
    import("pdfkit"),
    import("svg-to-pdfkit"),
  ]);
  const [width, height] = sizeOf(svg);
  const document = new Document({ size: [width, height], margin: 0, font: fontFiles()[0] });
  const done = collected(document);
  const [regular, bold, italic] = fontFiles();
  const fontCallback = (_family: string, isBold: boolean, isItalic: boolean): string =>
    isBold ? bold : isItalic ? italic : regular;
  draw(document, printable(svg), 0, 0, {
    width,
    height,
    assumePt: true,
    fontCallback,
  });
  document.end();
  return done;
}

/** Black for the colour of the page; dashes with gaps of 0, which are solid lines, written as such. */
const printable = (svg: string): string =>
  svg.replaceAll("currentColor", "black").replaceAll(/ stroke-dasharray="[\d.]+,0"/g, "");

function sizeOf(svg: string): [number, number] {
  const [, width, height] = /<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"/.exec(svg) ?? [];
  return [Number(width) || 640, Number(height) || 480];
}

function collected(document: NodeJS.ReadableStream): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    document.on("data", (piece: Uint8Array) => pieces.push(piece));
    document.on("error", reject);
    document.on("end", () => resolve(Uint8Array.from(Buffer.concat(pieces))));
  });
}
