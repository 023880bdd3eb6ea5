/** A model meets its data: the registry's kernel, the specification resolved, and all parameters. */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { checkOptions, type Model, type ModelOptions, modelOf } from "../models/index.ts";
import { kernelParameters } from "../program/index.ts";
import { type Parameter, type Resolved, resolveSpec } from "../spec/index.ts";
import type { ModelSpec } from "./modelSpec.ts";

export interface ReadModel {
  readonly kernel: Model;
  readonly resolved: Resolved;
  /** In the order of the program: those of the utilities, then those of the kernel. */
  readonly parameters: Parameter[];
}

/** The model with its specification told what its kernel is about: a latent utility behind levels. */
export function suited(model: ModelSpec): ModelSpec {
  if (!modelOf(model.kernel).latent) return model;
  const { specification } = model;
  const written = typeof specification === "string" ? { formula: specification } : specification;
  return { ...model, specification: { ...written, latent: true } };
}

/** Throws a Complaint for an unknown kernel, for options that it does not take, and for whatever the specification has wrong. */
export function readModel(model: ModelSpec, data: ChoiceData): ReadModel {
  const kernel = modelOf(model.kernel);
  const options = model.options ?? {};
  const resolved = resolveSpec(suited(model).specification, data);
  checkOptions(kernel, options, resolved.labels);
  for (const each of resolved.classes?.asked.kernels ?? [])
    checkOptions(modelOf(each.kernel), each.options ?? {}, resolved.labels);
  refuseIdleDraws(kernel, options, resolved);
  const parameters = allParameters(kernel, options, resolved);
  refuseSameName(kernel, parameters);
  return { kernel, resolved, parameters };
}

/** One name for a parameter of the utilities and for one of the kernel would make one parameter of them. */
function refuseSameName(kernel: Model, parameters: readonly Parameter[]): void {
  const names = parameters.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new Complaint(`${twice} is a parameter of the utilities and of ${kernel.name}`, {
      help: "give the one of the utilities another name",
    });
}

function refuseIdleDraws(
  kernel: Model,
  options: ModelOptions,
  { draws, drawOptions, labels, classes }: Resolved,
): void {
  const ofClasses = classes?.asked.kernels?.map((each) => modelOf(each.kernel)) ?? [];
  const isIdle = !draws && ![kernel, ...ofClasses].some((each) => each.draws?.(options, labels));
  if (!drawOptions || !isIdle) return;
  throw new Complaint("draws are asked for, and nothing is random", {
    help: '"random": { "b_time": "normal" }, or a draw such as normal(1) in a utility',
  });
}

/** Those of the utilities and those of the kernel. */
export function allParameters(kernel: Model, options: ModelOptions, resolved: Resolved): Parameter[] {
  const extra = kernelParameters(kernel, options, resolved).map(
    ({ name, start, lower, upper, neutral, fixed = false }): Parameter => ({
      name,
      start,
      lower,
      upper,
      neutral,
      fixed,
      role: "coefficient",
    }),
  );
  return [...resolved.parameters, ...extra];
}
