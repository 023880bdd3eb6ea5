/**
 * exp and log for two lanes at once, below one unit in the last place, and a power and the normal law built
 * from them.
 *
 * exp: x = k ln 2 + r with |r| ≤ ln 2/2 and ln 2 in two parts; e^r by the rational form
 * 1 − ((lo − r c/(2 − c)) − hi), c = r − r² P(r²). log: x = 2^k m with m in [√½, √2), ln m by the series
 * in s = f/(2 + f), f = m − 1. Method and coefficients: Sun Microsystems, fdlibm 5.3 (1993), e_exp.c, e_log.c.
 */
import { inverseRootTwoPi, logRootTwoPi, mills } from "../../expr/normal.ts";
import { centre, farTail, tail as near, type Ratio } from "../../expr/normalQuantile.ts";
import {
  type Bytes,
  call,
  type FunctionCode,
  i32Const,
  i64x2Const,
  instruction,
  localGet,
  localSet,
  localTee,
  type,
} from "./assembler.ts";

/** A stack program as text: instructions, `$n` and `=n` and `&n` (get, set, tee of local n), numbers, `#bits`, `<<n`. */
export function assemble(text: string, place: Place = ownFunction): Bytes {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((token) => word(token, place));
}

/** Where a program stands: the number of its local 0, and how it gets a constant that fills both lanes. */
interface Place {
  readonly first: number;
  constant(bits: bigint): Bytes;
}
const ownFunction: Place = { first: 0, constant: i64x2Const };

function word(token: string, { first, constant }: Place): Bytes {
  const [head, rest] = [token[0], token.slice(1)];
  if (head === "$") return localGet(first + Number(rest));
  if (head === "=") return localSet(first + Number(rest));
  if (head === "&") return localTee(first + Number(rest));
  if (head === "#") return constant(BigInt(rest));
  if (head === "@") return i32Const(Number(rest));
  if (head === "!") return call(Number(rest));
  if (/^-?[\d.]/.test(token) || /^-?Infinity$|^NaN$/.test(token)) return constant(bitsOf(Number(token)));
  return instruction(
    /^(mul|add|sub|div|abs|neg|pmin|pmax|eq|ne|lt|le|gt|ge|nearest)$/.test(token) ? `f64x2.${token}` : token,
  );
}

export const bitsOf = (value: number): bigint => new BigUint64Array(Float64Array.of(value).buffer)[0];

const log2e = Math.LOG2E;
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

const exp = `
  $0 710 pmin -746 pmax &0 ${log2e} mul nearest =1
  $0 $1 ${ln2High} mul sub &2  $1 ${ln2Low} mul &3  sub =4
  $4 $4 mul =5
  $4 $5
    $5 $5 $5 $5 4.1381367970572385e-8 mul -0.0000016533902205465252 add mul 0.00006613756321437934 add mul
    -0.0027777777777015593 add mul 0.16666666666666602 add mul
  sub =6
  1 $3 $4 $6 mul 2 $6 sub div sub $2 sub sub
  $1 i32x4.trunc_sat_f64x2_s_zero &7 @1 i32x4.shr_s &8
  i64x2.extend_low_i32x4_s #1023 i64x2.add @52 i64x2.shl mul
  $7 $8 i32x4.sub i64x2.extend_low_i32x4_s #1023 i64x2.add @52 i64x2.shl mul`;

/** Subnormal numbers are lifted by 2^54 first. 0x3fe6a09e667f3bcd is √½; 0x4338… turns an integer into a double. */
const log = `
  $0 18014398509481984 mul $0 $0 2.2250738585072014e-308 lt &1 v128.bitselect &2
  #0x3fe6a09e667f3bcd i64x2.sub @52 i64x2.shr_s =3
  $2 $3 @52 i64x2.shl i64x2.sub 1 sub =4
  $3 #0x4338000000000000 i64x2.add 6755399441055744 sub 54 $1 v128.and sub =5
  $4 2 $4 add div =6
  $6 $6 mul =7
  $7 $7 $7 $7 $7 $7 $7 0.14798198605116586 mul 0.15313837699209373 add mul 0.1818357216161805 add mul
    0.22222198432149784 add mul 0.2857142874366239 add mul 0.3999999999940942 add mul 0.6666666666666735 add mul =8
  $4 $4 mul 0.5 mul =9
  $5 ${ln2High} mul  $9 $6 $9 $8 add mul $5 ${ln2Low} mul add sub $4 sub  sub =10
  $10 NaN $0 0 gt v128.bitselect =10
  $0 $10 $0 Infinity eq v128.bitselect =10
  -Infinity $10 $0 0 eq v128.bitselect`;

/**
 * a^b = exp(b ln|a|), with the sign of a for odd b, NaN for other powers of finite negative numbers, and 0 and
 * 1 exact.
 */
const pow = `
  $1 $0 abs !1 mul !0 =2
  $2 neg $2 $1 0.5 mul &3 $3 nearest ne v128.bitselect =3
  $3 $2 NaN $0 -Infinity eq v128.bitselect $1 $1 nearest eq v128.bitselect $2 $0 0 lt v128.bitselect =2
  1 $2 $1 0 eq v128.bitselect`;

/** Σ c_i x^i for x in a local, highest power first. */
const polynomial = (coefficients: readonly number[], x: string): string =>
  coefficients.toReversed().reduce((sum, c) => (sum === "" ? `${c}` : `${sum} ${x} mul ${c} add`), "");

/** Mills' ratio of x ≥ 0, as in expr/normal.ts. */
const tail = `
  $0 ${mills.largest} pmin &1 ${mills.centre} sub $1 ${mills.centre} add div =2
  ${polynomial(mills.coefficients, "$2")} $1 ${mills.shift} add div`;

/** With |x| in 1 and m(|x|) in 2: φ(x) in 3 and φ(x) m(|x|), the probability of the far side, in 4. */
const farSide = `
  $0 abs &1 !3 =2
  $1 $1 mul -0.5 mul !0 ${inverseRootTwoPi} mul &3 $2 mul =4`;

const normalCdf = `${farSide} $4 1 $4 sub $0 0 lt v128.bitselect`;

/** ln(1 − q) as ln u · q/(1 − u) with u = 1 − q rounded: what rounding took is given back. */
const logNormalCdf = `${farSide}
  $2 !1 $1 $1 mul 0.5 mul sub ${logRootTwoPi} sub
  1 $4 sub =5
  $4 neg  $5 !1 $4 mul 1 $5 sub div  $5 1 eq v128.bitselect
  $0 0 lt v128.bitselect`;

const inverseMills = `${farSide} 1 $2 div $3 1 $4 sub div $0 0 lt v128.bitselect`;

const rational = ({ top, bottom }: Ratio, x: string): string =>
  `${polynomial(top, x)} ${polynomial(bottom, x)} div`;

/** Wichura's three rational functions, as in expr/normalQuantile.ts. */
const normalQuantile = `
  $0 0.5 sub =1 0.180625 $1 $1 mul sub =2
  $1 ${rational(centre, "$2")} mul
  $0 1 $0 sub $1 0 lt v128.bitselect !1 neg f64x2.sqrt =3
  $3 1.6 sub =4
  $3 5 sub =5
  Infinity ${rational(near, "$4")} ${rational(farTail, "$5")} $3 5 le v128.bitselect $3 Infinity eq v128.bitselect =6
  $6 neg $6 $1 0 lt v128.bitselect
  $1 abs 0.425 le v128.bitselect`;

/** One vector in, one out, with so many locals beside. */
const unary = (name: string, text: string, locals: number): FunctionCode => ({
  params: [type.v128],
  results: [type.v128],
  locals: [{ count: locals, type: type.v128 }],
  body: assemble(text),
  name,
});

/** The first functions of every generated module. */
export const elementary: readonly FunctionCode[] = [
  unary("exp", exp, 8),
  unary("log", log, 10),
  {
    params: [type.v128, type.v128],
    results: [type.v128],
    locals: [{ count: 3, type: type.v128 }],
    body: assemble(pow),
    name: "pow",
  },
  unary("tail", tail, 2),
  unary("normalCdf", normalCdf, 4),
  unary("logNormalCdf", logNormalCdf, 5),
  unary("inverseMills", inverseMills, 4),
  unary("normalQuantile", normalQuantile, 6),
];

export const elementaryIndex: Readonly<Record<string, number>> = Object.fromEntries(
  elementary.map(({ name }, index) => [name!, index]),
);

const inlinable: Readonly<Record<string, string | undefined>> = { exp, log };
/** Locals that an inlined function needs at most. */
export const inlineLocals = 11;

/** The function in place of a call, its argument on the stack; undefined for one that is called. */
export function inlined(name: string, place: Place): Bytes | undefined {
  const text = inlinable[name];
  return text === undefined ? undefined : [...localSet(place.first), ...assemble(text, place)];
}
