/** A source, fitted: with progress, warnings on standard error, and Ctrl-C to stop. */
import type { Fit } from "../fit/index.ts";
import { studyFlags, type Values } from "./flags.ts";
import { progress } from "./progress.ts";
import { checkSame, startOf } from "./saved.ts";
import { loaded, readToFit, type Source } from "./source.ts";

export interface Fitted {
  readonly source: Source;
  readonly fit: Fit;
}

/** Reads and fits. A saved fit starts from its estimates and must come out the same on its own data. */
export async function fitted(path: string, values: Values): Promise<Fitted> {
  const source = await readToFit(path, values);
  const { data, model, options } = await loaded(source);
  const { fit } = await import("../fit/index.ts");
  const start = source.saved ? startOf(source.saved) : options.start;
  const shown = progress();
  const stopper = new AbortController();
  const stop = (): void => stopper.abort();
  process.once("SIGINT", stop);
  try {
    const found = await fit(model, data, {
      ...options,
      ...(start ? { start } : {}),
      ...(values.quiet ? {} : { onStep: shown.onStep }),
      signal: stopper.signal,
    });
    if (source.saved && !isChanged(values)) checkSame(source.saved, found.logLikelihood);
    return { source, fit: found };
  } finally {
    shown.finish();
    process.off("SIGINT", stop);
  }
}

/** Whether flags change what is fitted, so that the stored numbers need not come out again. */
const changing: readonly string[] = studyFlags.filter(
  (name) => !["quiet", "covariance", "threads"].includes(name),
);
const isChanged = (values: Values): boolean => Object.keys(values).some((key) => changing.includes(key));

/** Warnings and, where the search did not end well, what to do. To standard error. */
export function warn({ warnings, converged, message, advice }: Fit, values: Values): void {
  if (values.quiet) return;
  for (const warning of warnings) process.stderr.write(`logsum: ${warning}\n`);
  if (!converged) process.stderr.write(`logsum: ${message}\n${advice ? `  help:  ${advice}\n` : ""}`);
}
