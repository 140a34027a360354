import { meshedAsUnmeshed } from '../../../lib/rules/outside/meshed-as-unmeshed';
import type { ManifestObject, NamespaceModel } from '../../../lib/model/mesh-model';
import type { Discovery } from '../../../lib/rules/rule';
import { findings, namespace, other, raw, service, waypointOf } from '../model-builder';

const db = other('unmeshed', 'db');
const withWaypoint = namespace('shop', 'ambient', { waypoint: waypointOf('shop') });

function dbObjects(podLabel = '', label = 'app: db', clusterIP = ''): ManifestObject[] {
  return raw(`
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop, labels: { ${label} } }
spec: { ${clusterIP} selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec: { template: { metadata: { labels: { app: db${podLabel} } }, spec: { containers: [{ name: db }] } } }
`);
}

function found(objects: ManifestObject[], namespaces: NamespaceModel[]): Discovery[] {
  return findings(meshedAsUnmeshed, { objects, namespaces, others: [db] });
}

const OUT = ', istio.io/dataplane-mode: none';

describe(meshedAsUnmeshed.title, () => {
  it.each<[string, ManifestObject[], NamespaceModel[]]>([
    ['whose pods are outside', dbObjects(), []],
    ['that nobody here knows', [], [namespace('shop', 'ambient')]],
    ['whose pods leave a namespace without a waypoint', dbObjects(OUT), [namespace('shop', 'ambient')]],
    ['that is kept from the waypoint', dbObjects(OUT, 'istio.io/use-waypoint: none'), [withWaypoint]],
    ['without an address of its own', dbObjects(OUT, 'app: db', 'clusterIP: None,'), [withWaypoint]],
  ])('takes a Service %s', (_, objects, namespaces) => {
    expect(found(objects, namespaces)).toEqual([]);
  });

  it('fails a service of the program', () => {
    expect(findings(meshedAsUnmeshed, { services: [service('db')], others: [db] })).toMatchObject([
      { got: 'db.shop.svc.cluster.local', fix: 'pass the MeshedService at shop/db instead' },
    ]);
  });

  it('fails a Service whose pods are in the mesh', () => {
    expect(found(dbObjects(), [namespace('shop', 'sidecar')])).toMatchObject([{ fix: expect.stringContaining('fromWorkload') }]);
  });

  it('fails an add-on whose pods are in the mesh, in its own words', () => {
    const parts = { objects: dbObjects(), namespaces: [namespace('shop', 'sidecar')], others: [{ ...db, isGuarded: true }] };
    expect(findings(meshedAsUnmeshed, parts)).toMatchObject([{ fix: 'say dataPlane: DataPlane.sidecar() of the add-on' }]);
  });

  it('fails a Service that is sent through a waypoint', () => {
    expect(found(dbObjects(OUT), [withWaypoint])).toMatchObject([{ fix: 'label its Service istio.io/use-waypoint: none' }]);
  });
});
