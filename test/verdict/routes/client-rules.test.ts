import type { Labels } from '../../../lib/cluster/objects/fields';
import { clientRules, foreignTls, subsetLabels } from '../../../lib/verdict/routes/client-rules';
import { speakerOf } from '../../../lib/verdict/requests/callers';
import { clusterFrom } from '../../manifests';

const HOST = 'cart.shop.svc.cluster.local';
const rule = (name: string, namespace: string, spec: string, host = HOST) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: ${namespace}}
spec: {host: "${host}", ${spec}}`;

function rulesOf(pieces: readonly string[], labels: Labels = {}) {
  const cluster = clusterFrom(...pieces);
  return clientRules(cluster, HOST, speakerOf(cluster, { pod: { namespace: 'web', labels, proxy: 'sidecar' } }), 'shop');
}
const namesOf = (pieces: readonly string[], labels?: Labels) => rulesOf(pieces, labels).map(({ object }) => object.name);

describe('the DestinationRules of a client', () => {
  const own = rule('own', 'web', 'subsets: [{name: v1, labels: {version: v1}}]');
  const service = rule('service', 'shop', 'subsets: [{name: v2, labels: {version: v2}}]');
  const root = rule('root', 'istio-system', '');

  it("are those of its own namespace, else the service's, else the root namespace's, and never of two", () => {
    expect(namesOf([root, service, own])).toEqual(['own']);
    expect(namesOf([root, service])).toEqual(['service']);
    expect(namesOf([root])).toEqual(['root']);
    expect(namesOf([rule('elsewhere', 'bank', '')])).toEqual([]);
  });

  it('are those that name the host most closely', () => {
    expect(namesOf([service, rule('wide', 'shop', '', '*.shop.svc.cluster.local')])).toEqual(['service']);
    expect(namesOf([rule('wide', 'shop', '', '*.shop.svc.cluster.local')])).toEqual(['wide']);
  });

  it('may be for some clients only', () => {
    const some = rule('some', 'web', 'workloadSelector: {matchLabels: {app: web}}');
    expect(namesOf([some, service], { app: 'web' })).toEqual(['some']);
    expect(namesOf([some, rule('all', 'web', '')], { app: 'other' })).toEqual(['all']);
    expect(namesOf([some, rule('all', 'web', '')], { app: 'web' })).toEqual(['some']);
  });

  it('are none where its own namespace has one for others alone, though the Service has another', () => {
    const some = rule('some', 'web', 'workloadSelector: {matchLabels: {app: web}}');
    expect(namesOf([some, service], { app: 'other' })).toEqual([]);
  });

  it('are those that it is told of', () => {
    const told = (names: string, namespace = 'shop') => rule('told', namespace, `exportTo: [${names}]`);
    expect(namesOf([told('"."')])).toEqual([]);
    expect(namesOf([told('shop'), root])).toEqual(['root']);
    expect(namesOf([told('bank, web')])).toEqual(['told']);
    expect(namesOf([told('"."', 'web'), service])).toEqual(['told']);
    expect(namesOf([told('bank', 'web'), service])).toEqual(['service']);
    expect(namesOf([rule('some', 'shop', 'workloadSelector: {matchLabels: {app: web}}')], { app: 'web' })).toEqual([]);
  });

  it('tell what the pods of a subset carry', () => {
    expect(subsetLabels(rulesOf([own, service]), 'v1')).toEqual({ version: 'v1' });
    expect(subsetLabels(rulesOf([own, service]), 'v2')).toBeUndefined();
  });

  it("tell of a TLS that is not the mesh's", () => {
    expect(foreignTls(rulesOf([rule('a', 'shop', 'trafficPolicy: {tls: {mode: DISABLE}}')]))?.object.name).toBe('a');
    expect(foreignTls(rulesOf([rule('a', 'shop', 'trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}')]))).toBeUndefined();
  });
});
