/** Rows of numbers that are read in stretches: together where they lie close to each other, else stretch by stretch. */

/** Numbers that may be read for nothing for each that is wanted. */
const slack = 4;

/** @param read fills `room` with the numbers from row `first` on. */
export function gatherBlock(
  rows: Int32Array,
  read: (first: number, room: Float64Array) => void,
  into: Float64Array,
): void {
  let [least, most] = [Number.POSITIVE_INFINITY, -1];
  for (const row of rows) {
    if (row < least) least = row;
    if (row > most) most = row;
  }
  if (most - least + 1 > slack * rows.length) {
    byStretches(rows, read, into);
    return;
  }
  const room = new Float64Array(Math.max(0, most - least + 1));
  read(least, room);
  for (let i = 0; i < rows.length; i++) into[i] = room[rows[i] - least];
}

function byStretches(
  rows: Int32Array,
  read: (first: number, room: Float64Array) => void,
  into: Float64Array,
): void {
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && rows[to] === rows[to - 1] + 1) to++;
    read(rows[from], into.subarray(from, to));
    from = to;
  }
}
