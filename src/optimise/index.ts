export type { Evaluation, Objective, Want } from "./objective.ts";
export { maximise } from "./optimise.ts";
export type { Options, Outcome, Problem, Status, StepEvent } from "./outcome.ts";
export { type Separation, separation } from "./separation.ts";
export { describeDirection } from "./words.ts";
