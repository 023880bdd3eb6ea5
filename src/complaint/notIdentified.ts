/** A complaint that the data cannot tell: what was asked for has no single best value. */
import { Complaint } from "./complaint.ts";

export class NotIdentified extends Complaint {}
