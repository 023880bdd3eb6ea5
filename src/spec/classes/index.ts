export { type ClassKernel, type ClassOptions, checkClasses } from "./classOptions.ts";
export {
  nameInClass,
  type ResolvedClass,
  type ResolvedClasses,
  resolveClasses,
  scaleInClass,
} from "./resolveClasses.ts";
