/** A chart to the file that its ending asks for. */
import type { Chart } from "../charts/chart.ts";
import { Complaint } from "../complaint/index.ts";
import { writeText } from "../files.node.ts";

/** Rejects with a Complaint for another ending than .svg, .png, .pdf or .json. */
export async function writeChart(drawn: Chart, path: string): Promise<void> {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1].toLowerCase() ?? "";
  const write = Object.hasOwn(forms, ending) ? forms[ending] : undefined;
  if (!write) throw new Complaint("a chart is written as .svg, .png, .pdf or .json", { value: path });
  await write(drawn, path);
}

const svgOf = async (drawn: Chart): Promise<string> => (await import("../charts/render.ts")).toSvg(drawn);

const forms: Readonly<Record<string, (drawn: Chart, path: string) => Promise<void>>> = {
  json: (drawn, path) => writeText(path, `${JSON.stringify(drawn, null, 2)}\n`),
  svg: async (drawn, path) => writeText(path, await svgOf(drawn)),
  png: async (drawn, path) => writeText(path, await (await import("../charts/png.node.ts")).toPng(drawn)),
  pdf: async (drawn, path) =>
    writeText(path, await (await import("../charts/pdf.node.ts")).toPdf(await svgOf(drawn))),
};
