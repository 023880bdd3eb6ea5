/** Which standard errors to quote, and why, in sentences. */
import type { Fit } from "../../fit/index.ts";
import type { Multiway } from "../../inference/multiway.ts";

export interface Asked {
  readonly kinds: Readonly<Record<string, readonly number[]>>;
  readonly by: readonly string[];
  readonly smallSample: boolean;
  readonly multiway: Multiway | null;
  readonly bootstrap?: number;
}

/** Below so many clusters a sandwich is too small on average. Source: Cameron & Miller (2015), section VI. */
const few = 50;

export function whichToQuote(fit: Fit, asked: Asked): string[] {
  const [kind, why] = quoted(fit, asked);
  const clusters = asked.multiway ? Math.min(...asked.multiway.clusters) : (fit.persons ?? Number.NaN);
  const isClustered = kind.startsWith("by ") || kind === "cluster";
  return [
    `Quote ${kind}: ${why}.${apart(asked.kinds, kind)}`,
    ...(isClustered && clusters < few
      ? [
          `${clusters} clusters are few: clustered errors are then too small on average; G/(G − 1) (smallSample) mends part of it, and a bootstrap by person more.`,
        ]
      : []),
    ...(asked.multiway?.mended
      ? ["The two-way covariance was not positive: negative eigenvalues were set to zero."]
      : []),
    ...(isClustered ? [`The factor G/(G − 1) is ${asked.smallSample ? "on" : "off"}.`] : []),
    ...(asked.bootstrap
      ? [`Bootstrap: ${asked.bootstrap} replicates by ${fit.persons === null ? "choice" : "person"}.`]
      : []),
  ];
}

function quoted({ persons, situations, covariances, data }: Fit, { by, kinds }: Asked): [string, string] {
  if (by.length > 0)
    return [
      `by ${by.join(" and ")}`,
      `choices with the same ${by.join(" or the same ")} may depend on each other in any way`,
    ];
  if (persons !== null && persons < situations)
    return covariances.cluster
      ? ["cluster", "the choices of a person depend on each other, and only these allow for it"]
      : kinds.bootstrap
        ? [
            "bootstrap",
            "choices of a person depend on each other, and persons are too few for the clustered ones",
          ]
        : [
            "none of them",
            "choices of a person depend on each other, and persons are too few for the clustered ones; these are too small",
          ];
  if (data.weighting === "choice")
    return ["robust", "the weights depend on what was chosen, so the Hessian is no variance"];
  if (data.weight) return ["robust", "with sampling weights the Hessian counts the weights as people"];
  return [
    "robust",
    "it is right also where the model is not quite; where the two agree, the Hessian does as well",
  ];
}

/** How far the Hessian's are off. */
function apart(kinds: Asked["kinds"], kind: string): string {
  const [one, other] = [kinds[kind], kinds.hessian];
  if (!one) return "";
  const ratios = one.map((error, k) => error / other[k]).filter(Number.isFinite);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
  return ` They are ${low === high ? low : `${low} to ${high}`} times the Hessian's.`;
}
