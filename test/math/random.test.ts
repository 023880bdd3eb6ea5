import { describe, expect, it } from "vitest";
import { random } from "../../src/math/random.ts";

const many = 200_000;
const sample = (draw: () => number) => {
  const values = Array.from({ length: many }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / many;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many;
  return { values, mean, variance };
};
/** Five standard errors of a mean of many draws with this variance. */
const five = (variance: number) => 5 * Math.sqrt(variance / many);

describe("random numbers", () => {
  it("are the same for the same seed and others for another", () => {
    const stream = (seed: number) => {
      const source = random(seed);
      return Array.from({ length: 5 }, () => source.uniform());
    };
    expect(stream(1)).toEqual(stream(1));
    expect(stream(1)).not.toEqual(stream(2));
    expect(stream(1)).not.toEqual(stream(1 + 2 ** 32));
  });

  it("are uniform on the open interval", () => {
    const { uniform } = random(1);
    const { values, mean, variance } = sample(uniform);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(five(1 / 12));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(five(1 / 180));
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    const bins = new Float64Array(100);
    for (const value of values) bins[Math.floor(100 * value)]++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - many / 100) ** 2 / (many / 100), 0);
    expect(chiSquare).toBeLessThan(170);
  });

  it("are normal with mean 0 and variance 1", () => {
    const { mean, variance } = sample(random(2).normal);
    expect(Math.abs(mean)).toBeLessThan(five(1));
    expect(Math.abs(variance - 1)).toBeLessThan(five(2));
  });

  it("are Gumbel with Euler's constant as mean and variance π²/6", () => {
    const { mean, variance } = sample(random(3).gumbel);
    expect(Math.abs(mean - 0.5772156649)).toBeLessThan(five(Math.PI ** 2 / 6));
    expect(Math.abs(variance - Math.PI ** 2 / 6)).toBeLessThan(five(4.4 * (Math.PI ** 2 / 6) ** 2));
  });

  it("choose one of a number equally often", () => {
    const { below } = random(4);
    const counts = [0, 0, 0];
    for (let i = 0; i < many; i++) counts[below(3)]++;
    for (const count of counts) expect(Math.abs(count / many - 1 / 3)).toBeLessThan(five(2 / 9));
  });
});
