import { DataPlane, ExternalPort, ExternalService, Mesh, Tenant, type TenantProps } from 'istio-constructs';
import { edgeGateway, findingCodes, manifest, manifests, newChart, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const tenant = (props: TenantProps, id = 'buyers', chart = newChart()) => new Tenant(chart, id, props);

describe('Tenant', () => {
  it('is a word for this program, and writes nothing, unless the API server shall hold it', () => {
    const chart = newChart();
    const { namespaceNames, objects } = new Tenant(chart, 'buyers', { namespaces: ['shop', 'search'] });
    expect({ namespaceNames, objects, written: manifests(chart) }).toEqual({
      namespaceNames: ['shop', 'search'],
      objects: [],
      written: [],
    });
  });

  it('has the API server ask all that is written into its namespaces, and nothing elsewhere', () => {
    const chart = newChart();
    const { admissionPolicy, admissionBinding } = new Tenant(chart, 'buyers', { namespaces: ['shop', 'search'], admission: true });
    expect([admissionPolicy?.name, admissionBinding?.name]).toEqual(['tenancy-buyers', 'tenancy-buyers']);
    expect(manifest(chart, 'ValidatingAdmissionPolicy', 'tenancy-buyers').spec).toMatchObject({ failurePolicy: 'Fail' });
    expect(manifest(chart, 'ValidatingAdmissionPolicyBinding', 'tenancy-buyers')).toEqual({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'tenancy-buyers' },
      spec: {
        policyName: 'tenancy-buyers',
        validationActions: ['Deny'],
        matchResources: {
          namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'search'] }] },
        },
      },
    });
  });

  it('knows Services by the domain of the cluster', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { clusterDomain: 'corp.internal' });
    new Tenant(chart, 'buyers', { namespaces: ['shop'], admission: true });
    expect(JSON.stringify(manifest(chart, 'ValidatingAdmissionPolicy', 'tenancy-buyers').spec)).toContain('.shop.svc.corp.internal');
  });

  forEachPlane((plane) => {
    it('may have whatever constructs make of its own', () => {
      const one = shop(plane);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const api = new ExternalService(one.shop, 'api', { host: 'api.example.com', port: ExternalPort.https() });
      one.cart.calls(api);
      const said = findingCodes(one.chart);
      const gateways = ['edge/gateway'];
      new Tenant(one.chart, 'buyers', { namespaces: ['shop'], hosts: ['shop.example.com', 'api.example.com'], gateways });
      expect(findingCodes(one.chart)).toEqual(said);
    });

    it('is told of a host and a gateway that nobody has given it', () => {
      const one = shop(plane);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      new Tenant(one.chart, 'buyers', { namespaces: ['shop'] });
      expect(findingCodes(one.chart)).toEqual(expect.arrayContaining(['MESH131', 'MESH132']));
    });
  });

  it('may name a machine outside by its address alone, or by a block', () => {
    expect(() => tenant({ namespaces: ['shop'], addresses: ['203.0.113.7', '2001:db8::/32'] })).not.toThrow();
  });

  it('fails without a namespace', () => {
    expectRefusal(() => tenant({ namespaces: [] }), { code: 'MESH867', path: 'test/buyers', fix: 'namespaces' });
  });

  it('fails with a namespace of another one', () => {
    const chart = newChart();
    tenant({ namespaces: ['shop'] }, 'buyers', chart);
    const again = () => tenant({ namespaces: ['bank', 'shop'] }, 'bankers', chart);
    expectRefusal(again, { code: 'MESH868', path: 'test/bankers', got: 'shop, which is of buyers already', fix: 'one of them' });
  });

  it('fails with the namespace whose objects hold for all', () => {
    const root = () => tenant({ namespaces: ['istio-system'] });
    expectRefusal(root, { code: 'MESH869', path: 'test/buyers', got: 'istio-system', fix: 'whoever runs the mesh' });
  });

  it.each(['edge', 'ingress/', '/edge', 'a/b/c'])('fails with the gateway %s', (gateway) => {
    const wrong = () => tenant({ namespaces: ['shop'], gateways: [gateway] });
    expectRefusal(wrong, { code: 'MESH870', path: 'test/buyers', got: gateway, fix: 'ingress/edge' });
  });

  it.each(['*', 'Shop.example.com', 'https://shop.example.com', '*.com*'])('fails with the host %s', (host) => {
    expectRefusal(() => tenant({ namespaces: ['shop'], hosts: [host] }), { code: 'MESH027', path: 'test/buyers', got: host, fix: 'write' });
  });

  it('is the same in both planes, for it is about who may write what', () => {
    const [sidecar, ambient] = [DataPlane.sidecar(), DataPlane.ambient()].map((dataPlane) => {
      const { chart } = shop({ dataPlane });
      new Tenant(chart, 'buyers', { namespaces: ['shop'], admission: true });
      return manifest(chart, 'ValidatingAdmissionPolicy', 'tenancy-buyers');
    });
    expect(sidecar).toEqual(ambient);
  });
});
