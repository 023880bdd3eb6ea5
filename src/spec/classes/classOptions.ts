/** Latent classes as a user writes them: how many, who belongs to them, and what they share. */
import { Complaint } from "../../complaint/index.ts";
import { isRecord, onlyKeys } from "../keys.ts";

export interface ClassOptions {
  /** How many classes. */
  readonly count: number;
  /** What membership depends on, as terms joined by +: "age + income". A constant comes with it unless 0 stands there. */
  readonly membership?: string;
  /** Parameters that are the same in all classes. */
  readonly shared?: readonly string[];
  /** By the number of a class, the parameters that are 0 in it: { "2": ["b_cost"] } ignores the cost. */
  readonly zero?: Readonly<Record<string, readonly string[]>>;
  /** Whether each class has a scale of its own on all its utilities (the first has 1). Shared coefficients only. */
  readonly scale?: boolean;
  /** The kernel of each class, where they differ. */
  readonly kernels?: readonly ClassKernel[];
}

export interface ClassKernel {
  readonly kernel: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const keys = ["count", "membership", "shared", "zero", "scale", "kernels"];
const most = 20;

/** The shape of latent classes, before there are data. Throws a Complaint that names the entry. */
export function checkClasses(given: ClassOptions): void {
  if (!isRecord(given))
    throw new Complaint("classes is an object", { value: given, help: '"classes": { "count": 2 }' });
  onlyKeys(given, keys, "classes");
  const { count, membership, shared = [], zero = {}, kernels } = given as unknown as ClassOptions;
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new Complaint(`the count of classes is a whole number from 1 to ${most}`, { value: count });
  if (membership !== undefined && typeof membership !== "string")
    throw new Complaint("membership is text", { value: membership, help: '"membership": "age + income"' });
  if (!isNames(shared))
    throw new Complaint("shared is a list of parameters", { value: JSON.stringify(shared) });
  if (!isRecord(zero) || !Object.values(zero).every(isNames))
    throw new Complaint("zero lists parameters by the number of a class", {
      value: JSON.stringify(zero),
      help: '"zero": { "2": ["b_cost"] }',
    });
  for (const number of Object.keys(zero))
    if (!(Number(number) >= 1 && Number(number) <= count && Number.isInteger(Number(number))))
      throw new Complaint(`zero names class ${number}`, { rule: `classes are numbered from 1 to ${count}` });
  if (kernels !== undefined && (!Array.isArray(kernels) || kernels.length !== count))
    throw new Complaint("kernels has one kernel for each class", {
      value: JSON.stringify(kernels),
      rule: `there are ${count} classes`,
    });
}

const isNames = (given: unknown): given is readonly string[] =>
  Array.isArray(given) && given.every((name) => typeof name === "string");
