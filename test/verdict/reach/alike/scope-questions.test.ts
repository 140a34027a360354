import { workloadsOf } from '../../../../lib/cluster/workloads/workloads';
import { Scopes, tellingHosts } from '../../../../lib/verdict/reach/alike/scope-questions';
import { clusterFrom } from '../../../manifests';
import * as made from '../../fixtures';

const CART = 'cart.shop.svc.cluster.local';
const scope = (name: string, hosts: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: ${name}, namespace: shop}
spec: {workloadSelector: {labels: {app: ${name}}}${hosts === '' ? '' : `, egress: [{hosts: [${hosts}]}]`}}
---`;

/** Which of some namespaces each Sidecar sees of the cart. */
function seen(hosts: Readonly<Record<string, string>>): Record<string, string> {
  const pods = Object.keys(hosts).map((name) => made.deployment(name, name, 'v1'));
  const cluster = clusterFrom(
    made.namespace('shop', made.SIDECAR),
    ...pods,
    ...Object.entries(hosts).map(([name, text]) => scope(name, text)),
  );
  const told = tellingHosts(cluster, workloadsOf(cluster));
  const found = new Scopes(cluster, [...told.keys()]).seeing(['shop', 'web'], CART, 8080);
  return Object.fromEntries([...found].map(([{ by }, names]) => [by.object.name, names]));
}

describe('who is told of a host', () => {
  it('is whose Sidecar lists it, or a pattern that covers it, or nothing at all', () => {
    const hosts = { all: '', exact: `shop/${CART}`, own: `./${CART}`, any: `"*/${CART}"`, place: 'shop/*', wide: '"*/*.local"' };
    expect(seen(hosts)).toEqual({ all: 'shop,web', exact: 'shop', own: 'shop', any: 'shop,web', place: 'shop', wide: 'shop,web' });
  });

  it('is nobody who lists others, or takes it away again', () => {
    expect(seen({ other: 'shop/web.shop.svc.cluster.local', elsewhere: 'ops/*', without: '"*/*", "~shop/*"' })).toEqual({ without: 'web' });
  });

  it('is one for all pods of one Sidecar', () => {
    const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART, scope('cart', './*'));
    expect([...tellingHosts(cluster, workloadsOf(cluster)).values()]).toEqual([[0, 1]]);
  });
});
