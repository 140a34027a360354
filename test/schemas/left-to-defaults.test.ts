import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { chartOf, TASKS } from '../docs/task-pages';
import { forEachPlane } from '../for-each-plane';
import { buildMesh } from '../properties/build-mesh';
import { meshPlan } from '../properties/mesh-arbitrary';
import { defaultedKinds, leftToDefaults } from './left-to-defaults';

const GOLDEN = join(__dirname, '..', 'golden');
const reviewed = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));

// What an app says raw says what it likes.
const RAW = ['Service carts-pods:', 'Service kafka-brokers:'];

const gateway = (listener: object): object => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge' },
  spec: { gatewayClassName: 'istio', listeners: [{ name: 'a', port: 80, protocol: 'HTTP', ...listener }] },
});

describe('what is left to the defaults of an API server', () => {
  it('is found in every kind with defaults, at any depth', () => {
    expect(defaultedKinds().map((key) => key.split('/').at(-1))).toEqual(
      expect.arrayContaining(['Gateway', 'HTTPRoute', 'GRPCRoute', 'TCPRoute']),
    );
    expect(leftToDefaults(gateway({}))).toEqual(['Gateway edge: .spec.listeners[0].allowedRoutes']);
    expect(leftToDefaults(gateway({ allowedRoutes: { namespaces: {} } }))).toEqual([
      'Gateway edge: .spec.listeners[0].allowedRoutes.namespaces.from',
    ]);
    expect(leftToDefaults(gateway({ allowedRoutes: { namespaces: { from: 'Same' } } }))).toEqual([]);
  });

  it('is found in lists of Kubernetes’ own kinds', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart' }, spec: { ports: [{ port: 80, protocol: 'TCP' }] } };
    expect(leftToDefaults(service)).toEqual(['Service cart: .spec.ports[0].targetPort']);
  });

  it.each(reviewed)('is nothing: %s', (file) => {
    const objects = parseAllDocuments(readFileSync(join(GOLDEN, file), 'utf8')).map((document) => document.toJS() as object);
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.flatMap(leftToDefaults).filter((text) => !RAW.some((name) => text.startsWith(name)))).toEqual([]);
  });

  forEachPlane(({ name }) => {
    it.each(TASKS)('is nothing in the task %s', (task) => {
      expect((chartOf(task, name).toJson() as object[]).flatMap(leftToDefaults)).toEqual([]);
    });
  });

  it('is nothing in any small mesh', () => {
    fc.assert(
      fc.property(meshPlan, (plan) => {
        expect((buildMesh(plan).toJson() as object[]).flatMap(leftToDefaults)).toEqual([]);
      }),
      { numRuns: 30, seed: 3 },
    );
  });
});
