import { writtenEndpoints, writtenOver, writtenPort } from '../../../lib/cluster/services/written-endpoints';
import { tryService } from '../../../lib/cluster/services/services';
import { endpointSlice, runningPod, service } from '../../verdict/fixtures';
import { clusterFrom } from '../../manifests';

const endpoints = (name: string, subsets: string, metadata = '') => `
apiVersion: v1
kind: Endpoints
metadata: {name: ${name}, namespace: shop${metadata}}
subsets: [${subsets}]`;
const PORT = 'ports: [{name: http, port: 8081}]';

const written = (name: string, ...pieces: string[]) => {
  const cluster = clusterFrom(...pieces);
  const found = tryService(cluster, 'Service', `shop/${name}`)!;
  return writtenEndpoints(cluster, found)?.map((one) => [one.address, writtenPort(one, found.ports[0]), one.pod, one.workload?.key]);
};

describe('endpoints that somebody has written', () => {
  const db = service('db', '');

  it('are those of EndpointSlices with the name of the Service in its namespace', () => {
    expect(written('db', db)).toBeUndefined();
    expect(written('db', db, endpointSlice('other', '{addresses: [10.0.0.1]}'))).toBeUndefined();
    expect(written('db', db, endpointSlice('db', '{addresses: [10.0.0.1]}').replace('namespace: shop', 'namespace: bank'))).toBeUndefined();
    expect(written('db', db, endpointSlice('db', '{addresses: [10.0.0.1, 10.0.0.2]}'))).toEqual([
      ['10.0.0.1', 8080, undefined, undefined],
      ['10.0.0.2', 8080, undefined, undefined],
    ]);
  });

  it('have ports by the names of those of the Service', () => {
    const two = '{name: other, port: 1, protocol: TCP}, {name: http, port: 5432, protocol: TCP}, {name: none}';
    expect(written('db', db, endpointSlice('db', '{addresses: [10.0.0.1]}', two))).toEqual([['10.0.0.1', 5432, undefined, undefined]]);
    expect(written('db', db, endpointSlice('db', '{addresses: [10.0.0.1]}', '{port: 5432}'))).toEqual([
      ['10.0.0.1', undefined, undefined, undefined],
    ]);
    const unnamed = service('db', '', { port: '{port: 80}' });
    expect(written('db', unnamed, endpointSlice('db', '{addresses: [10.0.0.1]}', '{port: 5432}'))).toEqual([
      ['10.0.0.1', 5432, undefined, undefined],
    ]);
  });

  it('leave out those that are not ready, and names in place of addresses', () => {
    const some = '{addresses: [10.0.0.1], conditions: {ready: false}}, {addresses: [10.0.0.2], conditions: {ready: true}}';
    expect(written('db', db, endpointSlice('db', some))?.map(([address]) => address)).toEqual(['10.0.0.2']);
    expect(written('db', db, endpointSlice('db', '{addresses: [10.0.0.1], conditions: {ready: false}}'))).toEqual([]);
    const names = endpointSlice('db', '{addresses: [db.example.com]}').replace('IPv4', 'FQDN');
    expect(written('db', db, names)).toBeUndefined();
  });

  it('are pods by their names, or by their addresses where no name stands there', () => {
    const pods = [runningPod('one', '10.1.0.1'), runningPod('two', '10.1.0.2')];
    const some = '{addresses: [10.1.0.1], targetRef: {kind: Pod, name: one}}, {addresses: [10.1.0.2], targetRef: {kind: Node, name: two}}';
    expect(written('db', db, ...pods, endpointSlice('db', some))).toEqual([
      ['10.1.0.1', 8080, 'shop/one', 'shop/one'],
      ['10.1.0.2', 8080, undefined, 'shop/two'],
    ]);
    const gone = '{addresses: [10.1.0.1], targetRef: {kind: Pod, name: three, namespace: bank}}';
    expect(written('db', db, ...pods, endpointSlice('db', gone))).toEqual([['10.1.0.1', 8080, 'bank/three', undefined]]);
  });

  it('are those of Endpoints too, of which Kubernetes makes EndpointSlices', () => {
    const subsets = `{addresses: [{ip: 10.0.0.1}, {hostname: none}], notReadyAddresses: [{ip: 10.0.0.3}], ${PORT}}`;
    expect(written('db', db, endpoints('db', subsets))).toEqual([['10.0.0.1', 8081, undefined, undefined]]);
    const both = endpointSlice('db', '{addresses: [10.0.0.1]}', '{name: http, port: 8081}');
    expect(written('db', db, endpoints('db', subsets), both)).toHaveLength(1);
    const kept = endpoints('db', subsets, ', labels: {endpointslice.kubernetes.io/skip-mirror: "true"}');
    expect(written('db', db, kept)).toBeUndefined();
    expect(written('db', service('db', 'app: db'), endpoints('db', subsets))).toBeUndefined();
  });

  it('are not what Kubernetes writes for a selector, and what stands beside that', () => {
    const picking = service('db', 'app: db');
    const own = endpointSlice('db', '{addresses: [10.1.0.1], targetRef: {kind: Pod, name: db-1}}').replace(
      'labels: {',
      'labels: {endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io, ',
    );
    expect(written('db', picking, own)).toBeUndefined();
    expect(written('db', picking, endpointSlice('db', '{addresses: [10.0.0.1]}'))).toHaveLength(1);
  });

  it('tell the Services behind which a workload stands', () => {
    const cluster = clusterFrom(db, runningPod('one', '10.1.0.1'), endpointSlice('db', '{addresses: [10.1.0.1]}'));
    expect(writtenOver(cluster, 'shop/one').map(({ service: { key }, endpoint }) => [key, endpoint.address])).toEqual([
      ['shop/db', '10.1.0.1'],
    ]);
    expect(writtenOver(cluster, 'shop/two')).toEqual([]);
  });
});
