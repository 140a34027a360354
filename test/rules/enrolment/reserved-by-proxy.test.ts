import { reservedByProxy } from '../../../lib/rules/enrolment/reserved-by-proxy';
import { findings, namespace, raw } from '../model-builder';

const pods = (spec: string) =>
  raw(`
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } }, spec: { ${spec} } } }`);

const find = (objects: ReturnType<typeof raw>, plane: 'sidecar' | 'ambient' = 'sidecar') =>
  findings(reservedByProxy, { objects, namespaces: [namespace('shop', plane)] });

const serviceTo = (targetPort: number) =>
  raw(
    `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: ${targetPort} }] } }`,
  );

const AS_PROXY = 'securityContext: { runAsUser: 1337 }';

describe(reservedByProxy.title, () => {
  it('takes other ports and users', () => {
    expect(find(pods('containers: [{ name: cart, ports: [{ containerPort: 8080 }], securityContext: { runAsUser: 1000 } }]'))).toEqual([]);
  });

  it('fails a container on a port of the proxy, in either plane', () => {
    const objects = pods('containers: [{ name: cart, ports: [{ containerPort: 15001 }] }]');
    expect(find(objects)).toMatchObject([{ on: { path: 'raw/deployment/cart' }, got: 'containerPort: 15001' }]);
    expect(find(objects, 'ambient')).toHaveLength(1);
  });

  it('fails a Service that leads there, but for what the proxy itself offers', () => {
    expect(find(serviceTo(15006))).toMatchObject([{ on: { path: 'raw/service/cart' }, got: 'targetPort: 15006' }]);
    expect(find(serviceTo(15020))).toEqual([]);
  });

  it("fails the proxy's user on pod or container, in sidecar mode", () => {
    expect(find(pods(`${AS_PROXY}, containers: [{ name: cart }]`))).toMatchObject([{ got: 'runAsUser: 1337' }]);
    expect(find(pods('containers: [{ name: cart, securityContext: { runAsGroup: 1337 } }]'))).toMatchObject([{ got: 'runAsGroup: 1337' }]);
    expect(find(pods(`${AS_PROXY}, containers: [{ name: cart }]`), 'ambient')).toEqual([]);
  });

  it('takes a container that overrides the user of its pod, and the proxy itself', () => {
    expect(find(pods(`${AS_PROXY}, containers: [{ name: cart, securityContext: { runAsUser: 1000 } }]`))).toEqual([]);
    expect(find(pods(`${AS_PROXY}, containers: [{ name: istio-proxy, ports: [{ containerPort: 15090 }] }]`))).toEqual([]);
  });

  it('asks nothing of pods outside the mesh', () => {
    const objects = pods(`${AS_PROXY}, hostNetwork: true, containers: [{ name: cart, ports: [{ containerPort: 15001 }] }]`);
    expect(find(objects)).toEqual([]);
  });
});
