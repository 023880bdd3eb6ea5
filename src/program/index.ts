export {
  alternativesOf,
  type ClassModel,
  type Compiled,
  closed,
  compile,
  kernelParameters,
  type Utilities,
} from "./compile.ts";
export * from "./core.ts";
