/**
 * The number that a cell of a file is. Most are digits with at most a sign and a point, which are read here: of at
 * most 15 digits the integer and the power of ten are exact, so that their quotient is the nearest double. What else
 * there is, such as exponents and more digits, is read by the engine.
 *
 * Source: Clinger (1990), How to read floating point numbers accurately, PLDI 25:92.
 */
const mostDigits = 15;
const powers = Float64Array.from({ length: mostDigits + 1 }, (_, n) => 10 ** n);

/** The number a cell is, or NaN. Not what else JavaScript reads as one: blanks, 0x1F, Infinity. */
export function plainNumber(cell: string): number {
  const isNegative = cell.charCodeAt(0) === 45;
  let whole = 0;
  let digits = 0;
  let point = -1;
  for (let at = isNegative ? 1 : 0; at < cell.length; at++) {
    const digit = cell.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      whole = 10 * whole + digit;
      digits++;
    } else if (digit === -2 && point < 0) point = digits;
    else return otherNumber(cell);
  }
  if (digits === 0 || digits > mostDigits) return otherNumber(cell);
  const value = point < 0 ? whole : whole / powers[digits - point];
  return isNegative ? -value : value;
}

function otherNumber(cell: string): number {
  const value = +cell;
  if (value === 0 && cell.trim() === "") return Number.NaN;
  const second = cell.charCodeAt(1);
  if (second > 57 && second !== 69 && second !== 101) return Number.NaN;
  return value - value === 0 ? value : Number.NaN;
}
