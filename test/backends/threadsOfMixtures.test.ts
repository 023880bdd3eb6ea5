/** The draws of a person are the same in whichever thread the person is. */
import { expect, test } from "vitest";
import { Divided } from "../../src/backends/divided.ts";
import { prepare } from "../../src/backends/index.ts";
import { type Platform, type Thread, Threads } from "../../src/backends/threads.ts";
import { worker } from "../../src/backends/threadWorker.ts";
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

test.each(Object.entries(cases))("threads give the same bits with %s", async (_, make) => {
  const { data, program, point } = make();
  const prepared = (await prepare(program, data, "wasm")) as Divided;
  const { divisible } = prepared;
  expect((await divisible.division({ kind: "value" })).blocks).toBeGreaterThan(2);
  const alone = await prepared.evaluate(point, "hessian");
  for (const threads of [2, 3]) {
    const crew = new Threads({ divisible, source: data, threads, platform: inProcess, worthwhile: 0 });
    const shared = new Divided(divisible, crew);
    await shared.evaluate(point, "value");
    expect(await crew.ready()).toBe(threads);
    expect(await shared.evaluate(point, "hessian")).toEqual(alone);
    shared.rest();
  }
});
