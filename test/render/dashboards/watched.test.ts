import { watched } from '../../../lib/render/dashboards/watched';
import type { Party } from '../../../lib/model/party';

const port = (readsHttp: boolean) => ({ number: 80, readsHttp }) as Party['ports'][number];
const waypoint = { name: 'waypoint', namespaceName: 'shop' } as Party['waypoint'];

function seen(said: { mode: 'sidecar' | 'ambient'; isMoving?: boolean; countedBy?: 'pods' } & Partial<Party>) {
  const { mode, isMoving, countedBy, ...facts } = said;
  const migration = isMoving ? { wave: 1 } : undefined;
  const namespace = { name: 'shop', mode, migration, zeroTrust: true, owned: true, enrolled: true } as unknown as Party['namespace'];
  const host = 'cart.shop.svc.cluster.local';
  return watched({ name: 'cart', host, namespaceName: 'shop', namespace, ports: [port(true)], ...facts } as Party, countedBy);
}

const CART = 'destination_service="cart.shop.svc.cluster.local"';

it('sees requests at callers with sidecars, as alerts do, and connections only where ports carry bytes', () => {
  const { requests, arrived, sent, connections, isBehindZtunnel } = seen({ mode: 'sidecar' });
  expect(requests).toEqual(['reporter="source"', CART]);
  expect(arrived).toEqual(['reporter="destination"', CART]);
  expect(sent?.[0]).toBe('reporter=~"destination|source"');
  expect([connections, isBehindZtunnel]).toEqual([undefined, false]);
  expect(seen({ mode: 'sidecar', ports: [port(true), port(false)] }).connections?.[0]).toBe('reporter="destination"');
  expect(seen({ mode: 'sidecar', ports: [port(false)] })).not.toHaveProperty('requests');
});

it('sees requests at the pods where these count', () => {
  const { requests, sent } = seen({ mode: 'sidecar', countedBy: 'pods' });
  expect([requests?.[0], sent?.[0]]).toEqual(['reporter="destination"', 'reporter=~"destination|source"']);
});

it('sees no requests behind ztunnel alone, and those that a waypoint reads', () => {
  expect(seen({ mode: 'ambient' })).not.toHaveProperty('requests');
  expect(seen({ mode: 'ambient' })).toMatchObject({ isBehindZtunnel: true });
  const { requests, arrived, connections } = seen({ mode: 'ambient', waypoint, serviceNames: ['cart', 'cart-v2'] });
  const both = 'destination_service=~"cart-v2[.]shop[.]svc[.]cluster[.]local|cart[.]shop[.]svc[.]cluster[.]local"';
  expect([requests, arrived]).toEqual([
    ['reporter="waypoint"', both],
    ['reporter="waypoint"', both],
  ]);
  expect(connections?.[0]).toBe('reporter="destination"');
});

it('sees both while pods move', () => {
  const { requests, arrived } = seen({ mode: 'sidecar', isMoving: true, waypoint });
  expect([requests?.[0], arrived?.[0]]).toEqual(['reporter=~"source|waypoint"', 'reporter=~"destination|waypoint"']);
});

it.each([
  [{ app: 'a' }, 'a'],
  [{ app: 'a', 'app.kubernetes.io/name': 'b' }, 'b'],
  [{ 'app.kubernetes.io/name': 'b', 'service.istio.io/canonical-name': 'c' }, 'c'],
  [{}, 'cart'],
])('knows what it sends by the name that Istio finds in %j', (podLabels, name) => {
  expect(seen({ mode: 'sidecar', podLabels }).outgoing).toContain(`source_canonical_service="${name}"`);
});

it('knows what it sends by its own proxies, or by whoever reads it on the way and by the connections that its ztunnel opens', () => {
  expect(seen({ mode: 'sidecar' })).toMatchObject({
    outgoing: expect.arrayContaining(['reporter="source"']),
    outgoingConnections: undefined,
  });
  const { outgoing, outgoingConnections } = seen({ mode: 'ambient' });
  expect(outgoing[0]).toBe('reporter=~"destination|waypoint"');
  expect(outgoingConnections).toEqual(['reporter="source"', 'source_workload_namespace="shop"', 'source_canonical_service="cart"']);
  expect(seen({ mode: 'sidecar', isMoving: true }).outgoing[0]).toBe('reporter=~"source|waypoint"');
});
