/** Captions that can stand alone: what is drawn, then the model, the data and the kind of standard errors. */
import { covarianceWords, type Fit, titleOf } from "../fit/index.ts";
import type { Chart, ChartOptions } from "./chart.ts";
import { showing } from "./showing.ts";

/** A chart of one fit or several. A caption given by the caller stays as it is. */
export function stated(chart: Chart, fits: Readonly<Record<string, Fit>>, { caption }: ChartOptions): Chart {
  if (caption !== undefined) return showing(chart);
  const names = Object.keys(fits);
  const models = names.map((name) => `${name === "" ? "" : `${name}: `}${titleOf(fits[name])}`);
  const errors = [...new Set(Object.values(fits).map(({ covariance }) => covarianceWords[covariance.kind]))];
  const said = `${chart.usermeta.caption} ${models.join("; ")}. ${errors.join(" ")}`;
  return showing({ ...chart, description: said, usermeta: { caption: said } });
}
