/**
 * The one error of the toolkit. A complaint says what is wrong, the rule that was broken, the value,
 * where it stands and the nearest right thing, so that the reader knows what to do next.
 * Everything else that is thrown is a defect of ours.
 */
export interface ComplaintParts {
  /** The rule that was broken, as a sentence. */
  readonly rule?: string;
  /** The offending value as it was read. */
  readonly value?: unknown;
  /** Row and column, file, option, or the quoted text with a caret beneath. */
  readonly where?: string;
  /** The line of the file that `where` names first, for those who act on it. */
  readonly line?: number;
  /** What to do, or the nearest right thing. */
  readonly help?: string;
}

export class Complaint extends Error {
  override readonly name = "Complaint";
  readonly what: string;
  readonly parts: ComplaintParts;

  constructor(what: string, parts: ComplaintParts = {}) {
    super(lines(what, parts).join("\n"));
    this.what = what;
    this.parts = parts;
  }
}

function lines(what: string, { rule, value, where, help }: ComplaintParts): string[] {
  const shown = value === undefined ? [] : [`  value: ${show(value)}`];
  return [
    what,
    ...(rule ? [`  rule:  ${rule}`] : []),
    ...shown,
    ...(where ? [`  where: ${indent(where)}`] : []),
    ...(help ? [`  help:  ${indent(help)}`] : []),
  ];
}

const show = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));
const indent = (text: string): string => text.replaceAll("\n", "\n         ");
