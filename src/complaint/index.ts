export { Complaint, type ComplaintParts } from "./complaint.ts";
export { suggest } from "./nearest.ts";
export { NotIdentified } from "./notIdentified.ts";
