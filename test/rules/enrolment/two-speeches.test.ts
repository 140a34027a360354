import { twoSpeeches } from '../../../lib/rules/enrolment/two-speeches';
import { findings, made, raw } from '../model-builder';

const PODS = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, ports: [{ name: main, containerPort: 8080 }] }] }
`;

const service = (name: string, port: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: cart }, ports: [{ ${port} }] }
`;

const HTTP = service('cart', 'name: http, port: 80, targetPort: 8080');

const find = (...manifests: string[]) => findings(twoSpeeches, { objects: manifests.flatMap(raw) });

describe(twoSpeeches.title, () => {
  it.each([
    ['that say the same', service('alias', 'name: web, appProtocol: http2, port: 8080')],
    ['of which one says nothing', service('alias', 'name: web, port: 8080')],
    ['of two ports', service('alias', 'name: tcp, port: 9090')],
    ['of which one is about UDP', service('alias', 'name: udp, port: 8080, protocol: UDP')],
  ])('takes two Services %s', (_, other) => {
    expect(find(PODS, HTTP, other)).toEqual([]);
  });

  it('takes pods in ambient mode, where the port of the Service alone counts', () => {
    const ambient = PODS.replace('istio-injection: enabled', 'istio.io/dataplane-mode: ambient');
    expect(find(ambient, HTTP, service('raw', 'name: tcp, port: 8080'))).toEqual([]);
  });

  it.each([
    'name: tcp, port: 8080',
    'name: tcp, port: 8080, protocol: Tcp',
    'name: tcp-web, port: 90, targetPort: main',
    'name: web, appProtocol: mysql, port: 8080',
  ])('tells of two Services, the other with %s', (port) => {
    expect(find(PODS, HTTP, service('other', port))).toMatchObject([
      { on: { path: 'raw/service/other' }, message: expect.stringContaining('port 8080 of the pods of shop/cart') },
    ]);
  });

  it('tells at the one that stands beside ours', () => {
    const objects = [...raw(PODS), ...made(service('other', 'name: tcp, port: 8080')), ...raw(HTTP)];
    expect(findings(twoSpeeches, { objects })).toMatchObject([{ on: { path: 'raw/service/cart' } }]);
  });
});
