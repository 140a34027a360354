import { sidecarScopeOf } from '../../../lib/cluster/policies/sidecar-scopes';
import { clusterFrom } from '../../manifests';

const sidecar = (name: string, spec: string, namespace = 'shop') => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}`;

describe('the Sidecar object of a pod', () => {
  const own = sidecar('own', 'workloadSelector: {labels: {app: cart}}, outboundTrafficPolicy: {mode: REGISTRY_ONLY}');
  const namespace = sidecar('namespace', 'egress: [{hosts: ["./*"], port: {number: 80}}, {hosts: odd}]');
  const root = sidecar('root', '', 'istio-system');
  const nameFor = (app: string, ...pieces: string[]) => sidecarScopeOf(clusterFrom(...pieces), 'shop', { app })?.object.name;

  it("is its own, else its namespace's, else the root namespace's", () => {
    expect(nameFor('cart', root, namespace, own)).toBe('own');
    expect(nameFor('web', root, namespace, own)).toBe('namespace');
    expect(nameFor('web', root, own)).toBe('root');
    expect(nameFor('web', own)).toBeUndefined();
  });

  it('says what is known and what becomes of the rest', () => {
    expect(sidecarScopeOf(clusterFrom(own), 'shop', { app: 'cart' })).toMatchObject({ dropsUnknown: true, listeners: undefined });
    expect(sidecarScopeOf(clusterFrom(namespace), 'shop', {})).toMatchObject({
      dropsUnknown: undefined,
      listeners: [
        { port: 80, hosts: ['./*'] },
        { port: undefined, hosts: [] },
      ],
    });
  });
});
