/** The normal quantile belongs to the language (an operator); whoever needs only the number finds it here. */
import { centre, normalQuantile } from "../expr/normalQuantile.ts";

export { normalQuantile };

/** Every probability becomes its quantile, in place, to the last bit that of normalQuantile: draws pass by the million. */
export function normalQuantiles(values: Float64Array): void {
  // The coefficients of the centre, where 17 of 20 probabilities lie, stay in locals.
  const [a0, a1, a2, a3, a4, a5, a6, a7] = centre.top;
  const [b0, b1, b2, b3, b4, b5, b6, b7] = centre.bottom;
  for (let r = 0; r < values.length; r++) {
    const q = values[r] - 0.5;
    if (Math.abs(q) <= 0.425) {
      const x = 0.180625 - q * q;
      const top = ((((((a7 * x + a6) * x + a5) * x + a4) * x + a3) * x + a2) * x + a1) * x + a0;
      const bottom = ((((((b7 * x + b6) * x + b5) * x + b4) * x + b3) * x + b2) * x + b1) * x + b0;
      values[r] = q * (top / bottom);
    } else values[r] = normalQuantile(values[r]);
  }
}
