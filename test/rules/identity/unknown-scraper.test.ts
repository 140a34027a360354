import { unknownScraper } from '../../../lib/rules/identity/unknown-scraper';
import { call, findings, HTTP, identity, namespaceState, raw, service } from '../model-builder';

const METRICS = { ...HTTP, name: 'http-metrics', number: 9100, targetPort: 9100 };
const prometheus = identity('monitoring', 'prometheus');
const ambient = { ...prometheus, namespace: namespaceState('monitoring', 'ambient', { owned: false }) };
const cart = service('cart', { ports: [METRICS] });
const behind = service('cart', { ports: [METRICS], namespace: namespaceState('shop', 'ambient') });
const found = (calls: Parameters<typeof call>[], yaml?: string) =>
  findings(unknownScraper, { calls: calls.map((each) => call(...each)), objects: yaml === undefined ? [] : raw(yaml) });

const pods = (labels: string) => `
apiVersion: v1
kind: Namespace
metadata: {name: monitoring, labels: {${labels}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: prometheus, namespace: monitoring}
spec: {template: {metadata: {labels: {app: prometheus}}, spec: {serviceAccountName: prometheus, containers: [{name: main}]}}}`;

describe(unknownScraper.title, () => {
  it('takes a scraper whose plane is said, or whose pods are in the mesh', () => {
    expect(found([[ambient, cart]])).toEqual([]);
    expect(found([[prometheus, cart]], pods('istio.io/dataplane-mode: ambient'))).toEqual([]);
  });

  it('takes calls to other ports, by services, and refusals', () => {
    expect(found([[prometheus, service('cart')]])).toEqual([]);
    expect(found([[service('web'), cart]])).toEqual([]);
    expect(found([[prometheus, cart, { action: 'DENY' }]])).toEqual([]);
  });

  it('tells of a grant for metrics to somebody of whom nobody says how it is in the mesh, and what to do behind sidecars', () => {
    expect(found([[prometheus, cart]])).toMatchObject([
      {
        message: expect.stringContaining(
          'monitoring/prometheus is let in by its identity to the metrics of shop/cart, and nobody says',
        ) as string,
        got: 'port 9100 (http-metrics)',
        fix: expect.stringContaining('declare MergedMetrics') as string,
      },
    ]);
  });

  it('tells what to do in ambient mode', () => {
    expect(found([[prometheus, behind]])).toMatchObject([{ fix: expect.stringContaining('say plaintext with its reason') as string }]);
  });

  it('tells of a scraper whose pods are not in the mesh', () => {
    const message = expect.stringContaining('its pods are not in the mesh') as string;
    expect(found([[ambient, cart]], pods(''))).toMatchObject([{ message }]);
  });
});
