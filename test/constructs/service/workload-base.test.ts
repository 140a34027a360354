import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type CallOptions, HttpAccess, type ICallee, type ICaller, MeshPort } from 'istio-constructs';
import { connectWorkload, declareWorkload } from '../../../lib/constructs/service/declared-workload';
import { adoptWorkload } from '../../../lib/constructs/workload/adopt-workload';
import { requirePorts } from '../../../lib/values/workload/require-ports';
import { makeVersion } from '../../../lib/constructs/workload/version-deployment';
import { workloadSpecOf } from '../../../lib/constructs/workload/workload-spec-of';
import { recordCall } from '../../../lib/graph/record-call';
import { ServiceAccess } from '../../../lib/graph/service-access';
import { denial, findingCodes, grant, names, pods, principal, rule, shop, type Shop, spec, tcp } from '../../builders';
import { listOf, valueAt } from '../../../lib/cluster/objects/fields';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

/** What all three have: an identity, and the verb by which a caller calls. */
abstract class Toy extends Construct implements ICaller {
  abstract readonly namespaceName: string;
  abstract readonly serviceAccountName: string;

  calls(callee: ICallee, options?: CallOptions): void {
    recordCall(this, { caller: this, callee, action: 'ALLOW', options });
  }
}

/** Pods that take work from somewhere and listen on no port. */
class Worker extends Toy {
  readonly namespaceName: string;
  readonly serviceAccountName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const declared = declareWorkload(this, { ports: [] });
    const { party, account } = declared;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    makeVersion(this, { party, account, version: 'v1', spec: workloadSpecOf(this, {}, 'registry.example.com/worker:1') });
    connectWorkload(this, declared);
  }
}

/** With a sidecar that ends when they do. */
const ENDING = { annotations: { 'sidecar.istio.io/nativeSidecar': 'true' } };

/** Pods that do one thing and end. */
class OneJob extends Toy {
  readonly namespaceName: string;
  readonly serviceAccountName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const declared = declareWorkload(this, { ports: [] });
    const { party } = declared;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'registry.example.com/job:1' }] };
    const metadata = { name: party.name, namespace: party.namespaceName };
    const job = new ApiObject(this, 'Job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: { template: { metadata: ENDING, spec: pod } },
    });
    adoptWorkload(this, job, party, 'v1', ['Job']);
    connectWorkload(this, declared);
  }
}

/** Pods with names of their own, behind a Service without an address. */
class Database extends Toy implements ICallee {
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  readonly host: string;
  readonly access: ServiceAccess;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const declared = declareWorkload(this, { ports: requirePorts(this, [MeshPort.tcp(5432)]) });
    const { party } = declared;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.host = party.host!;
    this.access = ServiceAccess._of(this);
    const metadata = { name: party.name, namespace: party.namespaceName };
    const template = { spec: { containers: [{ name: 'main', image: 'registry.example.com/db:1' }] } };
    const selector = { matchLabels: party.podLabels };
    const set = { serviceName: party.name, selector, template };
    const ports = party.ports.map(({ name, number, appProtocol }) => ({ name, port: number, appProtocol }));
    adoptWorkload(this, new ApiObject(this, 'Set', { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: set }), party, 'v1');
    const headless = { clusterIP: 'None', selector: party.podLabels, ports };
    new ApiObject(this, 'Service', { apiVersion: 'v1', kind: 'Service', metadata, spec: headless });
    connectWorkload(this, declared);
  }
}

type Kind = 'Worker' | 'OneJob' | 'Database';

const MAKERS = { Worker, OneJob, Database };

const WORKLOADS: Readonly<Record<Kind, readonly [kind: string, name: string]>> = {
  Worker: ['Deployment', 'toy-v1'],
  OneJob: ['Job', 'toy'],
  Database: ['StatefulSet', 'toy'],
};

function shopWith(kind: Kind, plane: PlaneUnderTest): Shop & { readonly toy: Toy } {
  const one = shop(plane);
  return { ...one, toy: new MAKERS[kind](one.shop, 'toy') };
}

/** The three ends of what a toy says: the policy of the callee, the network at both ends, and what its proxy is told. */
function ends({ chart }: Shop, caller: string, callee: string) {
  const scopes = names(chart, 'Sidecar').includes(`shop/${caller}`) ? spec(chart, 'Sidecar', caller).egress : undefined;
  return {
    grant: grant(chart, callee),
    leaves: spec(chart, 'NetworkPolicy', caller, 'shop').egress,
    enters: spec(chart, 'NetworkPolicy', callee).ingress,
    scopes,
  };
}

const containersOf = (workload: object) => listOf(valueAt(workload, 'template', 'spec', 'containers'));

describe('a workload on the base that MeshedService has', () => {
  forEachPlane((plane) => {
    describe.each<Kind>(['Worker', 'OneJob', 'Database'])('%s', (kind) => {
      it('calls like any other: the grant, the network at both ends, and what its proxy knows', () => {
        const one = shopWith(kind, plane);
        one.toy.calls(one.payment);
        const port = plane.of({ sidecar: 8080, ambient: 15008 });
        const hosts = ['payments/payment.payments.svc.cluster.local'];
        expect(ends(one, 'toy', 'payment')).toEqual({
          grant: {
            action: 'ALLOW',
            selector: { matchLabels: { app: 'payment' } },
            rules: [rule(principal('shop', 'toy'), { ports: ['8080'] })],
          },
          leaves: [{ to: [pods('payments', { app: 'payment' })], ports: tcp(port) }],
          enters: [{ from: [pods('shop', { app: 'toy' })], ports: tcp(port) }],
          scopes: plane.of<unknown>({ sidecar: [{ hosts }], ambient: undefined }),
        });
        expect(findingCodes(one.chart)).toEqual([]);
      });

      it('is let in or refused at the callee, with requests and all', () => {
        const [caller, callee] = [shopWith(kind, plane), shopWith(kind, plane)];
        const http = [HttpAccess.get('/a')];
        caller.toy.calls(caller.product, { http });
        callee.product.access.allow(callee.toy, { http });
        callee.product.access.deny(callee.toy, { port: 8080, http: [HttpAccess.get('/b')] });
        expect(ends(callee, 'toy', 'product')).toEqual(ends(caller, 'toy', 'product'));
        const refused = { methods: ['GET'], paths: expect.arrayContaining(['/b', '/b/*']) as unknown as string[], ports: ['8080'] };
        expect(denial(callee.chart, 'product').rules).toEqual([rule(principal('shop', 'toy'), refused)]);
      });

      it('has an account of its own, and pods that policies find by their labels', () => {
        const { chart, toy } = shopWith(kind, plane);
        const { template } = spec(chart, ...WORKLOADS[kind]);
        expect(template).toMatchObject({ metadata: { labels: { app: 'toy', version: 'v1' } }, spec: { serviceAccountName: 'toy' } });
        expect([names(chart, 'ServiceAccount').includes('shop/toy'), toy.serviceAccountName]).toEqual([true, 'toy']);
      });

      it('restarts when its plane changes, but for a Job, whose template the API server keeps as it is', () => {
        const { chart } = shopWith(kind, plane);
        const labels = valueAt(spec(chart, ...WORKLOADS[kind]), 'template', 'metadata', 'labels');
        const ofPlane = plane.of<object>({
          sidecar: { 'sidecar.istio.io/inject': 'true' },
          ambient: { 'istio.io/dataplane-mode': 'ambient' },
        });
        if (kind === 'OneJob') expect(labels).not.toMatchObject(ofPlane);
        else expect(labels).toMatchObject(ofPlane);
      });

      it('says nothing of the network while it calls nobody', () => {
        const { chart } = shopWith(kind, plane);
        expect(names(chart, 'NetworkPolicy')).not.toContain('shop/toy');
        expect(names(chart, 'Sidecar').includes('shop/toy')).toBe(plane.of({ sidecar: true, ambient: false }));
        expect(findingCodes(chart)).toEqual([]);
      });
    });

    it('is called like any other where it has a port', () => {
      const one = shopWith('Database', plane);
      const database = one.toy as Database;
      one.cart.calls(database);
      database.access.allow(one.product, { port: 5432 });
      const port = plane.of({ sidecar: 5432, ambient: 15008 });
      const { grant, leaves, enters, scopes } = ends(one, 'cart', 'toy');
      const grants = ['cart', 'product'].map((caller) => rule(principal('shop', caller), { ports: ['5432'] }));
      expect(grant).toEqual({ action: 'ALLOW', selector: { matchLabels: { app: 'toy' } }, rules: grants });
      expect(leaves).toEqual([{ to: [pods('shop', { app: 'toy' })], ports: tcp(port) }]);
      expect(enters).toEqual(['cart', 'product'].map((app) => ({ from: [pods('shop', { app })], ports: tcp(port) })));
      expect(scopes).toEqual(plane.of<unknown>({ sidecar: [{ hosts: ['shop/toy.shop.svc.cluster.local'] }], ambient: undefined }));
      expect(findingCodes(one.chart)).toEqual([]);
    });

    it('listens and is probed on no port where it has none', () => {
      const { chart } = shopWith('Worker', plane);
      const [container] = containersOf(spec(chart, 'Deployment', 'toy-v1'));
      expect(Object.keys(container).filter((field) => /ports|Probe/.test(field))).toEqual([]);
      const job = spec(shopWith('OneJob', plane).chart, 'Job', 'toy');
      expect(containersOf(job)).toEqual([{ name: 'main', image: 'registry.example.com/job:1' }]);
      expect(names(chart, 'Service')).not.toContain('shop/toy');
    });
  });
});
