/**
 * Choice data with some alternatives taken away. A situation whose choice was taken away, or that has
 * fewer than two alternatives left, says nothing any more and goes as well.
 */
import { Complaint } from "../complaint/index.ts";
import { ChoiceData } from "./choiceData.ts";
import { subset } from "./subset.ts";

export interface Part {
  readonly data: ChoiceData;
  /** Which situations of the whole these are. */
  readonly situations: Int32Array;
}

/** @param keep whether a row stays. Throws a Complaint where no situation is left. */
export function rowsKept(data: ChoiceData, keep: (row: number, situation: number) => boolean): Part {
  if (data.outcome && data.outcome.kind !== "choice")
    throw new Complaint("alternatives can be taken away from choices only", {
      rule: "a ranking, shares or amounts of fewer alternatives were not observed",
    });
  const kept = Uint8Array.from({ length: data.rows });
  const situations: number[] = [];
  for (let s = 0; s < data.situations; s++) {
    let count = 0;
    for (let row = data.start[s]; row < data.start[s + 1]; row++) count += kept[row] = keep(row, s) ? 1 : 0;
    if (count > 1 && (!data.chosen || kept[data.chosen[s]] === 1)) situations.push(s);
  }
  const picked = Int32Array.from(situations);
  const stays = picked.reduce<number[]>((flags, s) => {
    for (let row = data.start[s]; row < data.start[s + 1]; row++) flags.push(kept[row]);
    return flags;
  }, []);
  return { data: narrowed(subset(data, picked), stays), situations: picked };
}

function narrowed(data: ChoiceData, stays: readonly number[]): ChoiceData {
  const { parts } = data;
  const rows = Int32Array.from(stays.flatMap((stay, row) => (stay ? [row] : [])));
  const start = new Int32Array(data.situations + 1);
  const chosen = new Int32Array(data.situations);
  for (let s = 0, at = 0; s < data.situations; s++) {
    for (; at < rows.length && rows[at] < data.start[s + 1]; at++)
      if (rows[at] === data.chosen?.[s]) chosen[s] = at;
    start[s + 1] = at;
  }
  const origin =
    parts.origin && data.layout === "long" ? rows.map((row) => parts.origin![row]) : parts.origin;
  const arrangement = { origin, start: data.layout === "long" ? start : null };
  return new ChoiceData({
    ...parts,
    store: parts.store.arrangedAs(arrangement),
    origin,
    start,
    alternative: data.alternative && rows.map((row) => data.alternative![row]),
    chosen: parts.chosen && chosen,
  });
}
