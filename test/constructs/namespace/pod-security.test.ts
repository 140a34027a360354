import { ApiObject, App, Chart } from 'cdk8s';
import {
  EgressGateway,
  ExternalPort,
  ExternalService,
  IngressGateway,
  Mesh,
  MeshNamespace,
  MeshedWorker,
  PodSecurity,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { parse } from 'yaml';
import { findingCodes, manifest, names, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const WARN = 'pod-security.kubernetes.io/warn';
const PROFILE = { spec: { template: { spec: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } } } } };

const labels = (chart: Chart, name: string) => manifest(chart, 'Namespace', name).metadata.labels as Record<string, string>;
const overlay = (chart: Chart, name: string, namespace: string): unknown => {
  const { data } = manifest(chart, 'ConfigMap', name, namespace) as unknown as { data: { deployment: string } };
  return parse(data.deployment);
};

describe('the pods of a namespace', () => {
  forEachPlane((plane) => {
    const { dataPlane } = plane;

    it('are refused when they ask for more than they need, where Istio adds nothing that does', () => {
      const { chart } = shop(plane);
      expect(labels(chart, 'shop')).toMatchObject(
        plane.of<object>({ sidecar: { [WARN]: 'restricted' }, ambient: { [ENFORCE]: 'restricted' } }),
      );
      expect(labels(chart, 'shop')).not.toHaveProperty([plane.of({ sidecar: ENFORCE, ambient: WARN })]);
    });

    it('are refused with a sidecar as well, where the agent redirects their traffic', () => {
      const chart = new Chart(new App(), 'platform');
      new Mesh(chart, 'mesh', { cni: true });
      new ZeroTrustNamespace(chart, 'shop', { dataPlane });
      expect(labels(chart, 'shop')).toMatchObject({ [ENFORCE]: 'restricted' });
    });

    it("only bring a warning where some of them are others' own and ask for more, unless the level is asked for", () => {
      const { chart } = shop(plane);
      addLegacy(chart, 'shop');
      expect(labels(chart, 'shop')).toMatchObject({ [WARN]: 'restricted' });
      expect(labels(chart, 'shop')).not.toHaveProperty([ENFORCE]);

      const other = new Chart(new App(), 'other');
      new ZeroTrustNamespace(other, 'asked', { dataPlane, podSecurity: PodSecurity.restricted() });
      addLegacy(other, 'asked');
      expect(findingCodes(other)).toContain('MESH140');
    });

    it('may do more where somebody says why, and as they like in an open namespace', () => {
      const chart = new Chart(new App(), 'platform');
      const podSecurity = PodSecurity.baseline({ reason: 'the scanner runs as root' });
      new ZeroTrustNamespace(chart, 'scans', { dataPlane, podSecurity });
      new MeshNamespace(chart, 'open', { dataPlane });
      new MeshNamespace(chart, 'strict', { dataPlane, podSecurity: PodSecurity.restricted() });
      expect(labels(chart, 'scans')).toMatchObject({ [ENFORCE]: 'baseline' });
      expect(labels(chart, 'open')).not.toHaveProperty([ENFORCE]);
      expect(labels(chart, 'strict')).toMatchObject({ [ENFORCE]: 'restricted' });
    });

    it('get the profile that Istio leaves out, in gateways of a strict namespace, whoever is declared first', () => {
      const chart = new Chart(new App(), 'edge', { namespace: 'edge' });
      new IngressGateway(chart, 'gateway', { tlsSecret: 'cert' });
      new MeshNamespace(chart, 'edge', { dataPlane, podSecurity: PodSecurity.restricted() });
      expect(overlay(chart, 'gateway-infrastructure', 'edge')).toEqual(PROFILE);
      expect(manifest(chart, 'Gateway', 'gateway', 'edge').spec).toMatchObject({
        infrastructure: { parametersRef: { kind: 'ConfigMap', name: 'gateway-infrastructure' } },
      });
    });

    it('are as Istio makes them in a gateway of another namespace', () => {
      const { chart } = shop(plane);
      const edge = new MeshNamespace(chart, 'edge', { dataPlane });
      new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' });
      expect(names(chart, 'ConfigMap')).not.toContain('gateway-infrastructure');
    });

    it('get it in a gateway on the way out too', () => {
      const chart = new Chart(new App(), 'platform');
      new Mesh(chart, 'mesh', { cni: true });
      const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane });
      const cart = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'cart');
      const gateway = new EgressGateway(egress, 'out');
      cart.calls(new ExternalService(egress, 'cards', { host: 'api.cards.example', port: ExternalPort.https(), through: gateway }));
      expect(overlay(chart, plane.of({ sidecar: 'out-infrastructure', ambient: 'waypoint-infrastructure' }), 'egress')).toEqual(PROFILE);
    });

    it('have no token and no files to write unless they ask for it', () => {
      const { chart, shop: namespace } = shop(plane);
      new MeshedWorker(namespace, 'mailer', { image: 'mailer:1' });
      new MeshedWorker(namespace, 'operator', {
        image: 'operator:1',
        apiToken: true,
        writableRoot: true,
        initContainers: [{ name: 'first', image: 'a:1' }],
      });
      const pod = (name: string) =>
        (manifest(chart, 'Deployment', `${name}-v1`, 'shop').spec as { template: { spec: unknown } }).template.spec;
      const container = (writable: boolean) =>
        expect.objectContaining({ securityContext: expect.objectContaining({ readOnlyRootFilesystem: !writable }) });
      expect(pod('mailer')).toMatchObject({ automountServiceAccountToken: false, containers: [container(false)] });
      expect(pod('operator')).toMatchObject({
        automountServiceAccountToken: true,
        containers: [container(true)],
        initContainers: [container(true)],
      });
      expect(manifest(chart, 'ServiceAccount', 'operator', 'shop')).toMatchObject({ automountServiceAccountToken: false });
    });

    it('fail a level that is said by a label', () => {
      const chart = new Chart(new App(), 'platform');
      expect(() => new MeshNamespace(chart, 'shop', { dataPlane, labels: { [ENFORCE]: 'baseline' } })).toThrow('MESH874');
      new ZeroTrustNamespace(chart, 'warned', { dataPlane, labels: { [WARN]: 'baseline' } });
      expect(labels(chart, 'warned')).toMatchObject({ [WARN]: 'baseline' });
    });
  });
});

function addLegacy(chart: Chart, namespace: string): void {
  const spec = { template: { spec: { containers: [{ name: 'main' }] } } };
  new ApiObject(chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'legacy', namespace }, spec });
}
