// `npm run test:pulumi`: the online shop through the real Pulumi engine, its Kubernetes provider and a real API server.
import { execFileSync, spawnSync } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../apps/programs.mjs';
import { startApiServer, stopApiServer } from '../../api-server/api-server.mjs';
import { crdFiles } from '../../api-server/crds.mjs';
import { clusterEngines } from '../../api-server/engines.mjs';

const NEEDED = ['pulumi', 'pulumi-resource-kubernetes'];
const PLANES = { sidecar: ['VirtualService shop/cart', 'HTTPRoute shop/cart-gateway'], ambient: ['HTTPRoute shop/cart'] };

// No machine runs a pod here, so nothing waits for pods; all else is as the app has it.
const ENTRY = `const pulumi = require('@pulumi/pulumi');
pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
  if (!type.startsWith('kubernetes:')) return undefined;
  const annotations = { ...props.metadata.annotations, 'pulumi.com/skipAwait': 'true' };
  return { props: { ...props, metadata: { ...props.metadata, annotations } }, opts };
});
module.exports = require('./apps/online-shop/pulumi.ts');
`;

async function run() {
  const programs = clusterEngines();
  const crds = crdFiles();
  const { folder, kubeconfig } = await startApiServer(programs);
  try {
    execFileSync(join(programs, 'kubectl'), [
      '--kubeconfig',
      kubeconfig,
      'apply',
      '--server-side',
      ...crds.map((file) => `--filename=${file}`),
    ]);
    for (const [plane, routes] of Object.entries(PLANES)) walk(project(folder, plane, kubeconfig), routes);
  } finally {
    await stopApiServer();
  }
}

/** A copy of the project, so that its program can be edited as a user would. */
function project(folder, plane, kubeconfig) {
  const home = join(folder, `pulumi-${plane}`);
  mkdirSync(join(home, 'state'), { recursive: true });
  for (const file of ['apps', 'package.json', 'Pulumi.yaml']) cpSync(join(ROOT, file), join(home, file), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  writeFileSync(join(home, 'entry.cjs'), ENTRY);
  writeFileSync(join(home, 'Pulumi.yaml'), readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8').replace(/^main: .*/m, 'main: entry.cjs'));
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(home, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_NODEJS_TRANSPILE_ONLY: 'true', // types are checked by tests that take no cluster
  };
  const pulumi = (...args) =>
    execFileSync('pulumi', [...args, '--non-interactive'], { cwd: home, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  pulumi('stack', 'init', 'test');
  pulumi('config', 'set', 'plane', plane);
  const content = readFileSync(kubeconfig, 'utf8');
  pulumi('config', 'set', '--secret', 'kubeconfig', content);
  return { plane, home, pulumi, env, token: /token\W+(\w+)/.exec(content)[1] };
}

function walk({ plane, home, pulumi, env, token }, routes) {
  const step = (name, act) => {
    act();
    console.log(`${plane}: ${name}`);
  };
  const edit = (file, from, to) => {
    const path = join(home, 'apps', 'online-shop', file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
  step('previews', () => pulumi('preview'));
  step('is applied', () => pulumi('up', '--yes', '--skip-preview'));
  step('keeps the kubeconfig encrypted', () => assert.ok(!pulumi('stack', 'export').includes(token)));
  step('changes nothing when it is applied again', () => pulumi('up', '--yes', '--skip-preview', '--expect-no-changes'));
  step('takes the next step of its canary by its routes alone', () => {
    edit('online-shop.ts', /step: \d+/, 'step: 2');
    const { steps } = JSON.parse(pulumi('preview', '--json'));
    const changed = steps.filter(({ op }) => op !== 'same').map(({ op, newState }) => `${op} ${keyOf(newState.inputs)}`);
    assert.deepEqual(changed.sort(), routes.map((route) => `update ${route}`).sort());
    pulumi('up', '--yes', '--skip-preview');
  });
  step('changes nothing when a construct is put around the shop', () => {
    edit('pulumi.ts', /^import \* as pulumi/m, "import { Construct } from 'constructs';\n$&");
    edit('pulumi.ts', "new OnlineShop(chart, 'shop'", "new OnlineShop(new Construct(chart, 'team'), 'shop'");
    pulumi('up', '--yes', '--skip-preview', '--expect-no-changes');
  });
  step('promotes its canary without making anything', () => {
    edit('online-shop.ts', "image: 'ghcr.io/acme/cart:1.9.1',", "image: 'ghcr.io/acme/cart:2.0.0',\n      version: 'v2',");
    edit('online-shop.ts', /\n *new CanaryRelease\([\s\S]*?\n {4}\}\);/, '');
    const { steps } = JSON.parse(pulumi('preview', '--json'));
    assert.deepEqual([...new Set(steps.map(({ op }) => op))].sort(), ['delete', 'same', 'update']);
    const deleted = steps.filter(({ op }) => op === 'delete').map(({ oldState }) => keyOf(oldState.inputs));
    assert.deepEqual(
      deleted.filter((key) => key.startsWith('Deployment ')),
      ['Deployment shop/cart-v1'],
    );
    pulumi('up', '--yes', '--skip-preview');
  });
  step('has not drifted', () => pulumi('refresh', '--yes', '--skip-preview', '--expect-no-changes'));
  step('becomes part of another stack as it is', () => {
    const before = uids(pulumi);
    pulumi('stack', 'init', 'adopting', '--copy-config-from', 'test');
    env.PULUMI_K8S_UPSERT_EXISTING_OBJECTS = 'true';
    pulumi('up', '--yes', '--skip-preview');
    delete env.PULUMI_K8S_UPSERT_EXISTING_OBJECTS;
    assert.deepEqual(uids(pulumi), before);
    pulumi('stack', 'select', 'test');
  });
  step('leaves nothing behind', () => {
    pulumi('destroy', '--yes', '--skip-preview');
    const { deployment } = JSON.parse(pulumi('stack', 'export'));
    assert.deepEqual(
      (deployment.resources ?? []).map(({ urn }) => urn),
      [],
    );
  });
}

const keyOf = ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Of each object in the state the identity that the API server gave it: another one means that it was made anew. */
function uids(pulumi) {
  const { resources = [] } = JSON.parse(pulumi('stack', 'export')).deployment;
  const objects = resources.filter(({ type }) => type.startsWith('kubernetes:'));
  return objects.map(({ outputs }) => `${keyOf(outputs)} ${outputs.metadata.uid}`).sort();
}

// Asked for anything else, `version` too, the provider starts its server, which never ends.
const missing = NEEDED.filter((program) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error?.code === 'ENOENT');
if (missing.length > 0) {
  console.log(
    `skipped: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not on the PATH; install the Pulumi CLI to try the stack on a real engine`,
  );
} else {
  await run();
}
