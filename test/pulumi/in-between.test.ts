import { DataPlane, HttpAccess, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import { MeshProgram } from 'istio-constructs-pulumi';
import { INJECT } from '../../lib/istio/labels';
import { decide } from '../../lib/verdict/decide';
import { without } from '../../lib/verdict/layers';
import type { Caller, Target } from '../../lib/verdict/requests/request';
import { clusterOf } from '../manifests';
import { deploy, type Registered } from './stack';

const PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };
type PlaneName = keyof typeof PLANES;

/** Somebody who may send requests of a kind, somebody who may send any but what nobody may, and somebody who may send none. */
async function stackIn(plane: PlaneName): Promise<readonly Registered[]> {
  const { objects } = await deploy(
    () =>
      new MeshProgram('mesh', (chart) => {
        const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: PLANES[plane] });
        const service = (id: string) =>
          new MeshedService(shop, id, { image: `registry.example.com/${id}:1`, ports: [MeshPort.http(8080)] });
        const [web, batch, cart] = ['web', 'batch', 'cart'].map(service);
        service('other');
        web.calls(cart, { http: [HttpAccess.get('/cart')] });
        batch.calls(cart);
        cart.access.denyAnyone({ http: [HttpAccess.get('/admin')] });
      }),
  );
  return objects;
}

type State = ReadonlyMap<string, any>;

const keyOf = ({ type, name }: Registered): string => `${type} ${name}`;

/** What the cluster has after each operation of an update, in the engine's order: what comes first first, and what goes last to first at the end. */
function statesBetween(before: readonly Registered[], after: readonly Registered[]): State[] {
  const states: State[] = [new Map(before.map((one) => [keyOf(one), one.inputs]))];
  for (const one of after) states.push(new Map([...states.at(-1)!, [keyOf(one), one.inputs]]));
  const kept = new Set(after.map(keyOf));
  for (const key of before.map(keyOf).reverse()) {
    if (!kept.has(key)) states.push(new Map([...states.at(-1)!].filter(([other]) => other !== key)));
  }
  return states;
}

/** The same with the pods that ran before, as long as none was made anew: those with a sidecar keep it, and no other gets one. */
function withOldPods(state: State, before: State, from: PlaneName): State {
  const old = [...state].map(([key, manifest]): [string, any] => {
    const template = before.get(key)?.spec?.template;
    if (!template) return [key, manifest];
    const { labels } = template.metadata;
    const running = { ...labels, [INJECT]: String(from === 'sidecar') };
    return [
      key,
      { ...manifest, spec: { ...manifest.spec, template: { ...template, metadata: { ...template.metadata, labels: running } } } },
    ];
  });
  return new Map(old);
}

const CALLERS: Readonly<Record<string, Caller>> = {
  'shop/web': { workload: 'shop/web-v1' },
  'shop/batch': { workload: 'shop/batch-v1' },
  'shop/other': { workload: 'shop/other-v1' },
  'a sidecar elsewhere': { pod: { namespace: 'elsewhere', proxy: 'sidecar' } },
  'a pod in ambient elsewhere': { pod: { namespace: 'elsewhere', proxy: 'ztunnel' } },
  'a pod outside the mesh': { pod: { namespace: 'elsewhere' } },
};
const TARGETS: Readonly<Record<string, Target>> = {
  'the Service': { host: 'cart.shop.svc.cluster.local', port: 8080 },
  'the pods': { podOf: 'shop/cart-v1', port: 8080 },
};
const LINES = ['GET /cart', 'POST /cart', 'GET /admin', 'GET /elsewhere'];

/** Who gets what, by all but the network layer, which some clusters do not have. */
function allowedIn(state: State): string[] {
  const cluster = without(clusterOf([...state.values()]), 'network', 'scope');
  return Object.entries(CALLERS).flatMap(([who, from]) =>
    Object.entries(TARGETS).flatMap(([where, to]) =>
      LINES.filter((line) => {
        const [method, path] = line.split(' ');
        const { allowed, unknown } = decide(cluster, { from, to, method, path });
        return allowed || unknown !== undefined;
      }).map((line) => `${who} ${line} at ${where}`),
    ),
  );
}

describe.each<[PlaneName, PlaneName]>([
  ['sidecar', 'ambient'],
  ['ambient', 'sidecar'],
])('an update from %s to %s', (from, to) => {
  it('lets nobody in at any time who is refused before and after, with the pods of before and with those of after', async () => {
    const [before, after] = [await stackIn(from), await stackIn(to)];
    const states = statesBetween(before, after);
    const atEnds = new Set([...allowedIn(states[0]), ...allowedIn(states.at(-1)!)]);
    expect(atEnds).toContain('shop/web GET /cart at the Service');
    expect([...atEnds].filter((line) => !/^shop\/(web|batch) /.test(line) || line.includes('/admin'))).toEqual([]);

    const opened = states.flatMap((state, index) =>
      [state, withOldPods(state, states[0], from)].flatMap((one) =>
        allowedIn(one)
          .filter((line) => !atEnds.has(line))
          .map((line) => `${index}: ${line}`),
      ),
    );
    expect(opened).toEqual([]);
  });
});
