// Every change of a program in the table, and what somebody else changes in between.
import { strict as assert } from 'node:assert';
import { changesIn, programsIn } from '../stack-changes.ts';
import { newStack, preview, uids, up } from './stack.mjs';

const FILES = ['test/pulumi/stack-changes.ts', 'test/pulumi/changes.ts', 'test/pulumi/stack.ts', 'test/pulumi/real/program.ts'];
const WEIGHTS = { sidecar: ['virtualservice', 'spec', 'http', 'route'], ambient: ['httproute', 'spec', 'rules', 'backendRefs'] };

/** Walks through the table in one plane. */
export function walkChanges({ folder, kubeconfig, plane, step, kubectl }) {
  const stack = newStack({ folder, kubeconfig, files: FILES, main: 'test/pulumi/real/program.ts', config: { plane, programs: 'closed' } });
  const { pulumi, run } = stack;
  let [now, nowIn] = [];
  const be = (programs, inPlane) => {
    [now, nowIn] = [programs, inPlane];
    pulumi('config', 'set', 'programs', programs);
    pulumi('config', 'set', 'plane', inPlane);
  };
  const namesOf = (programs) =>
    programsIn(plane)
      [programs].map(([name]) => name)
      .join();
  const start = (programs) => {
    if (programs === now && plane === nowIn) return;
    // Other programs would want what these have.
    if (now && namesOf(now) !== namesOf(programs)) pulumi('destroy', '--yes', '--skip-preview');
    be(programs, plane);
    up(stack);
  };
  for (const { what, from, to, toPlane = plane, does } of changesIn(plane)) {
    step(`${what}: ${from} -> ${to}`, () => {
      start(from);
      const before = uids(stack);
      be(to, toPlane);
      assert.deepEqual(preview(stack), told(does));
      up(stack);
      const after = uids(stack);
      const kept = [...after].filter(([key]) => before.has(key));
      assert.deepEqual(
        kept,
        kept.map(([key]) => [key, before.get(key)]),
      );
      up(stack, '--expect-no-changes');
    });
  }
  const [kind, ...path] = WEIGHTS[plane];
  const route = () => JSON.parse(kubectl('get', kind, 'cart', '--namespace', 'shop', '--output', 'json'));
  const weights = () => {
    const [, list, backends] = path;
    return route()
      .spec[list].at(-1)
      [backends].map(({ weight }) => weight);
  };
  const move = (first, second) => {
    const [, list, backends] = path;
    const last = route().spec[list].length - 1;
    const patch = [first, second].map((value, index) => ({
      op: 'replace',
      path: `/spec/${list}/${last}/${backends}/${index}/weight`,
      value,
    }));
    kubectl('patch', kind, 'cart', '--namespace', 'shop', '--field-manager', 'on-call', '--type', 'json', '--patch', JSON.stringify(patch));
  };
  step('weights that somebody else moves stay as they are', () => {
    start('lent');
    assert.deepEqual(weights(), [90, 10]);
    move(40, 60);
    up(stack, '--expect-no-changes');
    assert.deepEqual(weights(), [40, 60]);
  });
  step('and whatever else changes, of the route as well, leaves them alone', () => {
    be('lent, with a match', plane);
    up(stack);
    assert.deepEqual(weights(), [40, 60]);
    be('lent, with a label', plane);
    assert.equal(preview(stack).update.length > 0, true);
    up(stack);
    assert.deepEqual(weights(), [40, 60]);
    move(30, 70);
    up(stack, '--expect-no-changes');
    pulumi('refresh', '--yes', '--skip-preview');
    up(stack);
    assert.deepEqual(weights(), [30, 70]);
  });
  step('they are taken back by name alone', () => {
    be('taken back', plane);
    assert.throws(
      () => pulumi('preview'),
      ({ stdout }) => stdout.includes('apply conflict') && stdout.includes('on-call'),
    );
    run(['up', '--yes', '--skip-preview'], { PULUMI_K8S_ENABLE_PATCH_FORCE: 'true' });
    assert.deepEqual(weights(), [90, 10]);
    assert.deepEqual(preview(stack), {});
  });
  step('all of it goes', () => pulumi('destroy', '--yes', '--skip-preview'));
}

/** As a preview says it. */
function told({ created, updated, deleted }) {
  const entries = Object.entries({ create: created, delete: deleted, update: updated }).filter(([, labels]) => labels?.length > 0);
  return Object.fromEntries(entries.map(([op, labels]) => [op, [...labels].sort()]));
}
