/** The draws of a person are the same in whichever thread the person is. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Prepared } from "../../src/backends/backend.ts";
import { Divided } from "../../src/backends/divided.ts";
import { prepare } from "../../src/backends/index.ts";
import { type Platform, type Thread, Threads } from "../../src/backends/threads.ts";
import { worker } from "../../src/backends/threadWorker.ts";
import { mul, utility } from "../../src/expr/index.ts";
import { type Case, caseOf, type WorldOptions, worldOf } from "./programs.ts";

const inProcess: Platform = {
  cores: 3,
  start() {
    const thread: Thread = {
      send: (message) => void receive(structuredClone(message)),
      onAnswer: () => {},
      onDeath: () => {},
      stop: () => {},
    };
    const receive = worker((answer) => thread.onAnswer(answer));
    return thread;
  },
};

const random = ["(b + s * z0) * x", "a1 + (b + s * z0) * x + exp(c + t * z1) * y", "a2 + d * v"];
const within = ["(b + s * z0) * x", "a1 + (b + t * w1) * x", "a2 + c * y"];
const world = (seed: number, options: WorldOptions = {}) => worldOf(seed, { persons: 300, ...options });
const count = 200;
const cases: Readonly<Record<string, () => Case>> = {
  "quasi-random numbers": () => caseOf(world(1), [{ utilities: random }], { count }),
  "plain Halton numbers, counted through the persons": () =>
    caseOf(world(2, { ragged: true }), [{ utilities: random }], { kind: "halton", count, drop: 10 }),
  "persons mixed up, and weights": () =>
    caseOf(world(3, { ragged: true, weights: true, mixedUp: true }), [{ utilities: random }], {
      kind: "halton",
      count,
    }),
  "draws anew in every situation": () =>
    caseOf(world(4, { mixedUp: true }), [{ utilities: within }], {
      kind: "halton",
      count,
      dimensions: [{ base: "normal" }, { base: "normal", within: true }],
    }),
  "no persons": () => caseOf(world(5, { anonymous: true }), [{ utilities: random }], { count }),
};

afterEach(() => vi.unstubAllGlobals());

/** All that can be asked of a program and its data. */
async function asked(prepared: Prepared, point: Float64Array): Promise<unknown> {
  const outputs = [mul(utility(0), utility(1)), utility(2)];
  const told: unknown[] = [];
  await prepared.each([utility(0), utility(1)], point, (block) => told.push(block));
  await prepared.scores(point, (block) => told.push(block));
  const sums = await prepared.sums(outputs, point);
  return { hessian: await prepared.evaluate(point, "hessian"), sums, told };
}

// With shared memory this thread would have done all blocks before one in the same process gets to them.
beforeEach(() => vi.stubGlobal("SharedArrayBuffer", undefined));

test.each(Object.entries(cases))("threads give the same bits with %s", async (_, make) => {
  const { data, program, point } = make();
  const prepared = (await prepare(program, data, "wasm")) as Divided;
  const { divisible } = prepared;
  expect((await divisible.division({ kind: "value" })).blocks).toBeGreaterThan(2);
  const alone = await asked(prepared, point);
  for (const threads of [2, 3]) {
    const crew = new Threads({ divisible, source: data, threads, platform: inProcess, worthwhile: 0 });
    const shared = new Divided(divisible, crew);
    await shared.evaluate(point, "value");
    expect(await crew.ready()).toBe(threads);
    expect(await asked(shared, point)).toEqual(alone);
    shared.rest();
  }
});
