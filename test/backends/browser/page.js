/** Runs in a page: fits a mixed logit on one, two and three threads and tells the server what it found. */
import * as ls from "../../../dist/index.js";

/** Counts the workers that the library starts. */
let workers = 0;
self.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    workers++;
  }
};

async function fits() {
  const csv = await (await fetch("/data.csv")).text();
  const data = ls.long(ls.parseCsv(csv), {
    situation: "situation",
    alternative: "alternative",
    choice: "choice",
    person: "person",
  });
  const model = ls.logit(ls.mixed("x + y | 0", { x: ls.normal(), y: ls.normal() }, { draws: ls.sobol(400) }));
  const found = [];
  for (const threads of [1, 2, 3]) {
    const fit = await ls.fit(model, data, { threads });
    found.push([fit.logLikelihood, ...fit.estimates, ...fit.covariance.matrix]);
  }
  return { isIsolated: self.crossOriginIsolated, workers, found };
}

const said = await fits().catch((error) => ({ error: String(error?.stack ?? error) }));
await fetch("/said", { method: "POST", body: JSON.stringify(said) });
