/** What the doctor found: a line for each check, and what to do about each finding. */
import { Table } from "../../data/index.ts";
import type { Study } from "../../study/index.ts";
import type { Check, Finding, Fix, Grade } from "./check.ts";

export interface Result {
  readonly check: Check;
  /** Or why the check does not apply. */
  readonly findings: readonly Finding[] | string;
}

export interface Diagnosis {
  /** A line for each check; the findings in its notes. */
  readonly table: Table;
  readonly findings: readonly (Finding & { readonly check: string })[];
  /** "fine", "bad input" where data cannot be read as they are, "not identified" where the model has no estimates. */
  readonly status: "fine" | "bad input" | "not identified";
  /** The study with every safe fix, and what was done. */
  fixed(study: Study): { readonly study: Study; readonly done: readonly string[] };
  toString(): string;
}

/** @param study the one that fixes would be applied to, if there is one. */
export function diagnosis(
  results: readonly Result[],
  status: "bad input" | null,
  study: Study | null = null,
): Diagnosis {
  const findings = results.flatMap(({ check, findings: found }) =>
    typeof found === "string"
      ? []
      : found.map((finding) => ({ ...fixable(finding, study), check: check.name })),
  );
  const table = tableOf(results, findings);
  const stops = findings.some(({ grade }) => grade === "stops");
  return {
    table,
    findings,
    status: status ?? (stops ? "not identified" : "fine"),
    fixed: (given) => fixed(given, findings),
    toString: () => `${table}`,
  };
}

/** Without a fix that this study is not written for. */
function fixable({ fix, ...finding }: Finding, study: Study | null): Finding {
  return fix && study && fix.apply(study) ? { ...finding, fix } : finding;
}

function tableOf(results: readonly Result[], findings: Diagnosis["findings"]): Table {
  return Table.of(
    {
      check: results.map(({ check }) => check.name),
      result: results.map(({ findings: found }) => resultOf(found)),
      "looks for": results.map(({ check }) => check.finds),
    },
    {
      title: results.some(({ check }) => check.stage === "fit") ? "Doctor, after the fit" : "Doctor",
      notes: [
        ...(findings.length > 0 ? findings.map(sentence) : ["Nothing was found."]),
        ...notAsked(results),
      ],
    },
  );
}

function resultOf(found: Result["findings"]): string {
  if (typeof found === "string") return "–";
  return found.length === 0 ? "fine" : worst(found);
}

/** The checks that do not apply, by reason. */
function notAsked(results: readonly Result[]): string[] {
  const reasons = [
    ...new Set(results.flatMap(({ findings }) => (typeof findings === "string" ? [findings] : []))),
  ];
  const said = reasons.map(
    (reason) =>
      `${results.flatMap(({ check, findings }) => (findings === reason ? [check.name] : [])).join(", ")} (${reason})`,
  );
  return said.length > 0 ? [`Not asked: ${said.join("; ")}.`] : [];
}

const grades: readonly Grade[] = ["stops", "harms", "note"];
const worst = (found: readonly Finding[]): string =>
  grades.find((grade) => found.some((each) => each.grade === grade))!;

const sentence = ({ check, says, advice, fix }: Diagnosis["findings"][number]): string =>
  `${check}: ${says}. What to do: ${advice}.${fix ? " (--fix can do it)" : ""}`;

function fixed(given: Study, findings: readonly { readonly fix?: Fix }[]) {
  let study = given;
  const done: string[] = [];
  for (const { fix } of findings) {
    const next = fix?.apply(study) ?? null;
    if (!next || !fix) continue;
    study = next;
    done.push(fix.says);
  }
  return { study, done };
}
