import type { Party } from '../../../lib/model/party';
import { releaseDashboard, serviceDashboard } from '../../../lib/render/dashboards/service-dashboard';

const namespace = { name: 'shop', mode: 'ambient', zeroTrust: true, owned: true, enrolled: true } as Party['namespace'];
const cart = { name: 'cart', namespaceName: 'shop', namespace, ports: [{ readsHttp: true }] } as unknown as Party;
const waypoint = { name: 'waypoint', namespaceName: 'shop' } as Party['waypoint'];

it('says why there are no requests where ztunnel alone tells', () => {
  expect(serviceDashboard({ service: cart })).toMatchObject({
    title: 'Service shop/cart',
    rows: [{ title: 'Calls' }, { title: 'Connections' }],
  });
  expect(serviceDashboard({ service: cart }).about).toContain('it reads no requests');
});

it('shows a release with its versions first', () => {
  const rows = (party: Party) => releaseDashboard({ service: party }).rows.map(({ title }) => title);
  expect(rows({ ...cart, waypoint })).toEqual(['Versions', 'Saturation', 'Requests', 'Connections of versions']);
  expect(rows(cart)).toEqual(['Connections of versions']);
});
