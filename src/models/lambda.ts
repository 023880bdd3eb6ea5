/** The dissimilarity parameters λ of nests: one each or one for all, free or held. */
import { Complaint, suggest } from "../complaint/index.ts";
import type { ModelOptions, ModelParameter } from "./model.ts";

/** Below 1 the members of a nest are closer substitutes; 1 − λ² is near the correlation of their utilities. */
const lambda = (name: string): ModelParameter => ({
  name,
  start: 0.9,
  lower: 1e-3,
  upper: Number.POSITIVE_INFINITY,
  neutral: 1,
  usual: {
    from: 0,
    to: 1,
    says: "no maximisation of utility explains that for all values of the attributes; rethink the nests",
  },
});

/** The name of the parameter of a nest. */
export const lambdaName = (nest: string, { lambda: how }: ModelOptions): string =>
  how === "shared" ? "lambda" : `lambda_${nest}`;

/** One parameter for each name of a nest, or one for all. */
export function lambdas(nests: readonly string[], options: ModelOptions): ModelParameter[] {
  if (options.lambda === "shared") return nests.length > 0 ? [lambda("lambda")] : [];
  const held = (options.lambda ?? {}) as Record<string, number>;
  return nests.map((nest) => ({
    ...lambda(`lambda_${nest}`),
    ...(nest in held ? { start: held[nest], fixed: true as const } : {}),
  }));
}

/** Throws a Complaint unless `lambda` is absent, "shared", or gives known nests a positive number. */
export function checkLambda({ lambda: how }: ModelOptions, nests: readonly string[]): void {
  if (how === undefined || how === "shared") return;
  if (typeof how !== "object" || how === null || Array.isArray(how))
    throw new Complaint('lambda is "shared", or holds the λ of nests at a value', {
      value: JSON.stringify(how),
      help: `"lambda": { ${JSON.stringify(nests[0])}: 1 }`,
    });
  for (const [nest, value] of Object.entries(how)) {
    if (!nests.includes(nest))
      throw new Complaint(`lambda is given for ${nest}, which is no nest`, { help: suggest(nest, nests) });
    if (!(typeof value === "number" && value > 0 && Number.isFinite(value)))
      throw new Complaint(`the lambda of nest ${nest} is not a number above 0`, { value });
  }
}
