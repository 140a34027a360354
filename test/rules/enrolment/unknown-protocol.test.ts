import { unknownProtocol } from '../../../lib/rules/enrolment/unknown-protocol';
import { findings, namespace, raw } from '../model-builder';

const find = (port: string, spec = 'selector: { app: cart }') => {
  const objects = raw(
    `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { ${spec}, ports: [{ ${port} }] } }`,
  );
  return findings(unknownProtocol, { objects, namespaces: [namespace('shop', 'sidecar')] });
};

describe(unknownProtocol.title, () => {
  it.each([
    'name: http, port: 80',
    'name: grpc-web-api, port: 80',
    'name: web, appProtocol: http2, port: 80',
    'name: web, appProtocol: kubernetes.io/ws, port: 80',
    'name: db, port: 3306',
    'name: status-port, port: 15021, targetPort: 15021',
    'name: dns, port: 5353, protocol: UDP',
  ])('takes %s', (port) => {
    expect(find(port)).toEqual([]);
  });

  it.each([
    ['name: web, port: 80', 'name: web'],
    ['name: httpapi, port: 80', 'name: httpapi'],
    ['name: http, appProtocol: acme.com/rpc, port: 80', 'appProtocol: acme.com/rpc'],
    ['port: 80', 'neither name nor appProtocol'],
  ])('fails %s', (port, got) => {
    expect(find(port)).toMatchObject([{ on: { path: 'raw/service/cart' }, got }]);
  });

  const behind = (ports: string, labels = 'app: cart') =>
    raw(`{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop },
      spec: { template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: a, ports: [${ports}] }] } } } }`);

  it.each([
    ['status, containerPort: 15021', 'status', 0],
    ['status, containerPort: 8080', 'status', 1],
    ['other, containerPort: 15021', 'status', 1],
    ['other, containerPort: 8080', 'http-envoy-prom', 0],
  ])('follows a port by its name to the pods: %s and %s', (port, target, count) => {
    const objects = raw(
      `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { selector: { app: cart }, ports: [{ name: a, port: 80, targetPort: ${target} }] } }`,
    );
    const namespaces = [namespace('shop', 'sidecar')];
    expect(findings(unknownProtocol, { objects: [...objects, ...behind(`{ name: ${port} }`)], namespaces })).toHaveLength(count);
    const two = [...behind(`{ name: ${port} }`), ...behind('{ name: status, containerPort: 9090 }').map((one) => ({ ...one, name: 'b' }))];
    const isOfInjector = target === 'http-envoy-prom';
    expect(findings(unknownProtocol, { objects: [...objects, ...two], namespaces })).toHaveLength(isOfInjector ? 0 : 1);
  });

  it('asks nothing of Services without pods of the mesh', () => {
    expect(find('name: web, port: 80', 'type: ExternalName')).toEqual([]);
    const elsewhere = raw(
      '{ apiVersion: v1, kind: Service, metadata: { name: db, namespace: databases }, spec: { selector: { app: db }, ports: [{ port: 80 }] } }',
    );
    expect(findings(unknownProtocol, { objects: elsewhere, namespaces: [namespace('shop', 'sidecar')] })).toEqual([]);
  });
});
