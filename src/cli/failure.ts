/** What went wrong, for the reader of the terminal, and the exit status that says it to scripts. */
import { Complaint, NotIdentified } from "../complaint/index.ts";

export const exitStatus = { done: 0, notFitted: 1, badInput: 2 } as const;

/** Writes the error to standard error. A complaint is advice; anything else is a defect of ours, with its stack. */
export function report(error: unknown): number {
  if (error instanceof Complaint) {
    process.stderr.write(`logsum: ${error.message}\n`);
    return error instanceof NotIdentified ? exitStatus.notFitted : exitStatus.badInput;
  }
  process.stderr.write(
    `logsum: this is a defect of logsum, please report it.\n${(error as Error)?.stack ?? error}\n`,
  );
  return exitStatus.badInput;
}
