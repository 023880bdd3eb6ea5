export type { Check, Finding, Fix, Grade } from "./check.ts";
export { checks } from "./checks.ts";
export type { Diagnosis } from "./diagnosis.ts";
export { type DoctorOptions, diagnose, doctor, doctorStudy, type FixedStudy, fixStudy } from "./doctor.ts";
