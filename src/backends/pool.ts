/**
 * The workers of a platform, which all problems share: a fit begins with a smaller problem and ends with the whole one,
 * and the next fit finds them warm. One without work waits a while for the next, and goes if there is none.
 * They can be asked for before there is work, so that they start while data are read.
 */
import { Hand } from "./hand.ts";
import type { Platform } from "./threads.ts";

/** Workers without work go after so long. */
const patienceMs = 10_000;
const all = new Map<Platform, Hand[]>();

/** So many workers, those that live already first. */
export function hands(platform: Platform, count: number): Hand[] {
  const known = all.get(platform) ?? [];
  all.set(platform, known);
  while (known.length < count) known.push(hired(platform, known));
  return known.slice(0, count);
}

/** More may not be worth their start, which only the data will tell. */
const fewest = 3;

/** Starts workers for the cores beside the one that this runs on: a few, to which more come when there is work. */
export const warmUp = (platform: Platform): void => {
  for (const hand of hands(platform, Math.min(fewest, platform.cores - 1))) hand.onIdle();
};

/** How many workers there are. */
export const handsOf = (platform: Platform): number => all.get(platform)?.length ?? 0;

function hired(platform: Platform, among: Hand[]): Hand {
  const hand = new Hand(platform, `thread ${among.length + 2}`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = (): void => void among.splice(among.indexOf(hand) >>> 0, 1);
  hand.onIdle = () => {
    clearTimeout(timer);
    if (hand.death) return leave();
    timer = setTimeout(() => {
      if (!hand.isIdle) return;
      leave();
      hand.stop();
    }, patienceMs);
    (timer as { unref?: () => void }).unref?.();
  };
  return hand;
}
