/** A progress bar on the terminal for work over a second: how far the gradient has come down. */
import type { StepEvent } from "../optimise/outcome.ts";

const patience = 1;
const goal = 1e-8;
const width = 24;

export interface Progress {
  readonly onStep: (event: StepEvent) => void;
  /** Wipes the bar. */
  readonly finish: () => void;
}

/** Draws to `stream` when that is a terminal, and otherwise not at all. */
export function progress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let first = Number.NaN;
  let drawn = false;
  return {
    onStep(event) {
      if (Number.isNaN(first)) first = event.gradientNorm;
      if (!stream.isTTY || event.seconds < patience) return;
      stream.write(`\r\u001b[K${bar(event, first)}`);
      drawn = true;
    },
    finish() {
      if (drawn) stream.write("\r\u001b[K");
    },
  };
}

/** The bar as text: filled by the logarithm of the gradient between its first value and the goal. */
export function bar({ iteration, value, gradientNorm }: StepEvent, first: number): string {
  const whole = Math.log(Math.max(first, goal * 10) / goal);
  const done = Math.min(1, Math.max(0, 1 - Math.log(Math.max(gradientNorm, goal) / goal) / whole));
  const filled = Math.round(done * width);
  return `${"█".repeat(filled)}${"░".repeat(width - filled)} step ${iteration}  ln L ${value.toFixed(3)}  gradient ${gradientNorm.toExponential(1)}`;
}
