/**
 * The only door to Vega and Vega-Lite: a chart to SVG, with no browser and no canvas. They are loaded when
 * the first chart is drawn; `warmUp` starts loading early, while something else is being computed.
 */
import type { Chart } from "./chart.ts";
import { textWidth } from "./textWidth.ts";

type Vega = typeof import("vega");
type VegaLite = typeof import("vega-lite");
let loaded: Promise<[Vega, VegaLite]> | undefined;

/** Loads what draws. Calling it more than once costs nothing. */
export function warmUp(): Promise<unknown> {
  loaded ??= load();
  return loaded;
}

/** The chart as an SVG document; the chart itself stays as it is. Rejects where the object is not a Vega-Lite chart. */
export async function toSvg(chart: Chart | Readonly<Record<string, unknown>>): Promise<string> {
  await warmUp();
  const [vega, vegaLite] = await loaded!;
  const { spec } = vegaLite.compile(structuredClone(chart) as never, { logger: quiet(vega) });
  const view = new vega.View(vega.parse(spec), { renderer: "none", logger: quiet(vega) });
  const svg = await view.toSVG();
  view.finalize();
  return renumber(svg);
}

/** Vega counts the names inside its pictures over the life of the process; ours start at 1 in each. */
function renumber(svg: string): string {
  const numbers = new Map<string, number>();
  return svg.replaceAll(/(id="|url\(#)(clip|gradient_|pattern_)(\d+)/g, (_, before, kind, count) => {
    if (!numbers.has(kind + count)) numbers.set(kind + count, numbers.size + 1);
    return `${before}${kind}${numbers.get(kind + count)}`;
  });
}

async function load(): Promise<[Vega, VegaLite]> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  measureWith(vega as unknown as { textMetrics: TextMetrics });
  return [vega, vegaLite];
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}
interface TextMetrics {
  width: (item: TextItem, text: unknown) => number;
}

/** Without a canvas Vega guesses 0.8 of the font size for every letter; our table knows better. */
function measureWith({ textMetrics }: { textMetrics: TextMetrics }): void {
  textMetrics.width = (item, text) =>
    textWidth(
      String(text ?? ""),
      item.fontSize ?? 11,
      item.fontWeight === "bold" || Number(item.fontWeight) >= 600,
    );
}

const quiet = (vega: Vega) => vega.logger(vega.Error);
