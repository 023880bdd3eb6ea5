export type { Temperature } from "../spec/index.ts";
export { checkStudy, studyKeys } from "./checkStudy.ts";
export { choiceData, type LoadedStudy, loadStudy, otherData, parseStudy } from "./loadStudy.ts";
export {
  type CovarianceKind,
  type Study,
  type StudyData,
  type StudyFit,
  type StudyModel,
  specificationOf,
} from "./study.ts";
