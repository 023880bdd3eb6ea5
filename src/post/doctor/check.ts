/**
 * What a check of the doctor is: a question asked of data, of a model on them, or of a fit, answered with
 * findings. Each finding says what is so, where, and what to do; some carry a fix that is safe to apply.
 */
import type { ChoiceData } from "../../data/index.ts";
import type { Fit, ModelSpec } from "../../fit/index.ts";
import type { Resolved } from "../../spec/index.ts";
import type { Study } from "../../study/index.ts";
import type { Design } from "./design.ts";

/** "stops": there are no estimates. "harms": there are, and they may mislead. "note": worth knowing. */
export type Grade = "stops" | "harms" | "note";

export interface Fix {
  /** What it does, as a phrase. */
  readonly says: string;
  /** The study with the fix applied; null where the study is not written so that it can be. */
  apply(study: Study): Study | null;
}

export interface Finding {
  readonly grade: Grade;
  readonly says: string;
  readonly advice: string;
  /** Only what cannot change a result that would otherwise be right. */
  readonly fix?: Fix;
}

export interface Patient {
  readonly data: ChoiceData;
  readonly model: ModelSpec | null;
  readonly resolved: Resolved | null;
  /** null with a reason where there is none. */
  readonly design: Design | string;
  /** Column of response times. */
  readonly responseTime: string | null;
  readonly fit: Fit | null;
  /** What kept rows out, before the data could be read: found while reading. */
  readonly rows: readonly Finding[];
  /** Why the model cannot be read with these data. */
  readonly refusal: Finding | null;
}

export interface Check {
  readonly name: string;
  /** What it finds, as a phrase. */
  readonly finds: string;
  readonly stage: "data" | "reading" | "model" | "fit";
  /** The findings; or why the check does not apply. */
  run(patient: Patient): readonly Finding[] | string | Promise<readonly Finding[] | string>;
}
