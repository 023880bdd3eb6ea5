/** A resolved specification as one that needs neither its formula nor what pinned its temperature. */
import { everyAlternative, type Parameter, type ParameterOptions, type Resolved, type Spec } from "./spec.ts";

/** A resolved specification as text again, its temperature in the utilities; what was measured of people stays behind. */
export function writtenOut({ parameters, texts, reference, drawOptions }: Resolved): Spec {
  return {
    parameters: Object.fromEntries(
      parameters
        .filter(({ role }) => role !== "measurement")
        .map((parameter) => [parameter.name, optionsOf(parameter)]),
    ),
    utilities: Object.hasOwn(texts, everyAlternative) ? texts[everyAlternative] : texts,
    ...(reference === null ? {} : { reference }),
    ...(drawOptions ? { draws: drawOptions } : {}),
  };
}

const optionsOf = ({ start, fixed, lower, upper }: Parameter): ParameterOptions => ({
  start,
  ...(fixed ? { fixed } : {}),
  ...(lower > Number.NEGATIVE_INFINITY ? { lower } : {}),
  ...(upper < Number.POSITIVE_INFINITY ? { upper } : {}),
});
