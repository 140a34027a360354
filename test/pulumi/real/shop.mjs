// The online shop from its first preview to its end.
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newStack, preview, uids, up } from './stack.mjs';

const ROUTES = {
  sidecar: ['HTTPRoute online-shop/shop/cart-gateway', 'VirtualService online-shop/shop/cart'],
  ambient: ['HTTPRoute online-shop/shop/cart'],
};

/** Walks through the life of the shop in one plane. */
export function walkShop({ folder, kubeconfig, plane, step }) {
  const stack = newStack({ folder, kubeconfig, files: ['apps'], main: 'apps/online-shop/pulumi.ts', config: { plane } });
  const { pulumi, run } = stack;
  const edit = (file, from, to) => {
    const path = join(folder, 'apps', 'online-shop', file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
  step('the shop previews', () => pulumi('preview'));
  step('the shop is applied', () => up(stack));
  step('it keeps the kubeconfig encrypted', () => {
    const token = /token\W+(\w+)/.exec(readFileSync(kubeconfig, 'utf8'))[1];
    assert.ok(!pulumi('stack', 'export').includes(token));
  });
  step('it changes nothing when it is applied again', () => up(stack, '--expect-no-changes'));
  step('it takes the next step of its canary by its routes alone', () => {
    edit('online-shop.ts', /step: \d+/, 'step: 2');
    assert.deepEqual(preview(stack), { update: ROUTES[plane] });
    up(stack);
  });
  step('it switches its data plane with its canary on its way, and back, and makes nothing anew', () => {
    for (const now of [plane === 'sidecar' ? 'ambient' : 'sidecar', plane]) {
      const before = uids(stack);
      pulumi('config', 'set', 'plane', now);
      assert.deepEqual(Object.keys(preview(stack)), ['create', 'delete', 'update']);
      up(stack);
      const kept = [...uids(stack)].filter(([key]) => before.has(key));
      assert.deepEqual(
        kept,
        kept.map(([key]) => [key, before.get(key)]),
      );
      up(stack, '--expect-no-changes');
    }
  });
  step('it changes nothing when a construct is put around it', () => {
    edit('pulumi.ts', /^import \* as pulumi/m, "import { Construct } from 'constructs';\n$&");
    edit('pulumi.ts', "new OnlineShop(chart, 'shop'", "new OnlineShop(new Construct(chart, 'team'), 'shop'");
    up(stack, '--expect-no-changes');
  });
  step('it promotes its canary without making anything', () => {
    edit('online-shop.ts', "image: 'ghcr.io/acme/cart:1.9.1',", "image: 'ghcr.io/acme/cart:2.0.0',\n      version: 'v2',");
    edit('online-shop.ts', /\n *new CanaryRelease\([\s\S]*?\n {4}\}\);/, '');
    const { delete: deleted, ...others } = preview(stack);
    assert.deepEqual(Object.keys(others), ['update']);
    assert.deepEqual(
      deleted.filter((label) => label.startsWith('Deployment ')),
      ['Deployment online-shop/shop/cart-v1'],
    );
    up(stack);
  });
  step('it has not drifted', () => pulumi('refresh', '--yes', '--skip-preview', '--expect-no-changes'));
  step('it becomes part of another stack as it is', () => {
    const before = uids(stack);
    pulumi('stack', 'init', 'adopting', '--copy-config-from', 'test');
    run(['up', '--yes', '--skip-preview'], { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: 'true' });
    assert.deepEqual(uids(stack), before);
    pulumi('stack', 'select', 'test');
  });
  step('it leaves nothing behind', () => {
    pulumi('destroy', '--yes', '--skip-preview');
    const { deployment } = JSON.parse(pulumi('stack', 'export'));
    assert.deepEqual(
      (deployment.resources ?? []).map(({ urn }) => urn),
      [],
    );
  });
}
