import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './client';

/** Five standard deviations: a fair share leaves these bounds once in two million times. */
const DEVIATIONS = 5;

/** Expects that about so many percent of the requests were such, as chance would have it. */
export function expectShare(found: number, total: number, percent: number): void {
  const share = percent / 100;
  const spread = DEVIATIONS * Math.sqrt(total * share * (1 - share));
  expect(found).toBeGreaterThanOrEqual(total * share - spread);
  expect(found).toBeLessThanOrEqual(total * share + spread);
}

/** Expects that the workloads, and nobody else, answered about so many percent of the requests each. */
export function expectShares(replies: readonly Reply[], shares: Readonly<Record<string, number>>): void {
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  const counts = new Map<string, number>();
  for (const { pod } of replies) counts.set(workloadOf(pod), (counts.get(workloadOf(pod)) ?? 0) + 1);
  expect([...counts.keys()].filter((workload) => !(workload in shares))).toEqual([]);
  for (const [workload, percent] of Object.entries(shares)) expectShare(counts.get(workload) ?? 0, replies.length, percent);
}

/** `shop/cart-v1` of `shop/cart-v1-0`. */
const workloadOf = (pod = 'a proxy itself'): string => pod.replace(/-\d+$/, '');

/** How many replies there are of each status. */
export function statusesOf(replies: readonly Reply[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Expects what becomes true in a moment. */
export async function eventually(expectation: () => void): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      return expectation();
    } catch {
      await sleep(100);
    }
  }
  expectation();
}
