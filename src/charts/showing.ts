/** A chart draws itself in a notebook: as Vega-Lite where that is understood, else as the same picture in SVG. */
import { showsAs } from "../data/showing.ts";
import type { Chart } from "./chart.ts";
import { toSvg } from "./render.ts";

/** The media type by which notebooks know Vega-Lite, of whichever version the chart's `$schema` says. */
const vegaLite = "application/vnd.vegalite.v5+json";

export const showing = (chart: Chart): Chart =>
  showsAs(chart, {
    notebook: async () => ({
      [vegaLite]: chart,
      "image/svg+xml": await toSvg(chart),
      "text/plain": chart.description,
    }),
  });
