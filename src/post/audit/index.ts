export { type AuditOptions, audit } from "./audit.ts";
export type { GroupOptions } from "./groups.ts";
export { mend } from "./terms.ts";
