import { Duration } from 'cdk8s';
import {
  CircuitBreaker,
  DataPlane,
  IstioVersion,
  Mesh,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  Waypoint,
} from 'istio-constructs';
import { newerIstio } from '../../../lib/rules/installed/newer-istio';
import { newChart } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { findings, raw } from '../model-builder';

const POLICY = raw(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { trustDomains: [example.com] } }] }] }
`);

const question = (name: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec: { action: CUSTOM, provider: { name: ${name} }, rules: [{}] }
`;

describe(newerIstio.title, () => {
  it('is silent where nobody has said which Istio there is, and about one that knows it', () => {
    expect(findings(newerIstio, { objects: POLICY })).toEqual([]);
    expect(findings(newerIstio, { objects: POLICY, istioVersion: '1.31.0' })).toEqual([]);
  });

  it('tells of a field that the Istio of the mesh does not know, where it stands, and since when there is one', () => {
    expect(findings(newerIstio, { objects: POLICY, istioVersion: '1.30.5' })).toEqual([
      {
        on: POLICY[0],
        field: ['spec', 'rules', 0, 'from', 0, 'source', 'trustDomains'],
        message:
          'AuthorizationPolicy shop/cart needs Istio 1.31.0, and the mesh has 1.30.5: before, earlier CRDs do not know the field: source.trustDomains',
        got: 'Istio 1.30.5',
        fix: 'install Istio 1.31.0 or later, and say so with istioVersion of Mesh; or leave out what asks for it',
      },
    ]);
  });

  it('leaves what older ones do wrong to another rule', () => {
    const objects = raw('apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: { name: bank, namespace: shop }');
    expect(findings(newerIstio, { objects, istioVersion: '1.31.0' })).toEqual([]);
  });

  it('tells of several authorizers of one proxy', () => {
    const objects = raw([question('login'), question('waf')].join('---\n'));
    expect(findings(newerIstio, { objects, istioVersion: '1.30.0' })).toEqual([]);
    expect(findings(newerIstio, { objects, istioVersion: '1.29.9' })).toHaveLength(2);
  });
});

describe('a program for an older Istio', () => {
  const codes = (istioVersion: IstioVersion, dataPlane: DataPlane, circuitBreaker: CircuitBreaker) => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { istioVersion });
    const shop = new MeshNamespace(chart, 'shop', { dataPlane });
    new MeshedService(shop, 'cart', { image: 'cart:1', ports: [MeshPort.http2(8080)], circuitBreaker });
    return MeshReport.of(chart).findings.flatMap(({ code, path }) => (/^MESH60/.test(code) ? [[code, path]] : []));
  };
  const keepalive = { http2Keepalive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) } } satisfies CircuitBreaker;

  forEachPlane(({ dataPlane }) => {
    it('has no finding for what every version knows', () => {
      expect(codes(IstioVersion.V1_29, dataPlane, { maxConnections: 10 })).toEqual([]);
    });

    it('is told of the construct that asks for more', () => {
      expect(codes(IstioVersion.V1_30, dataPlane, keepalive)).toEqual([['MESH600', 'test/shop/cart/DestinationRules/Resource']]);
      expect(codes(IstioVersion.V1_31, dataPlane, keepalive)).toEqual([]);
    });
  });

  it('fails for a waypoint canary, and is told of the patch that mends it', () => {
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.ALWAYS, waypointCanary: { weight: 10 } });
    const plain = { maxConnections: 10 };
    expect(codes(IstioVersion.V1_30, dataPlane, plain).map(([code]) => code)).toEqual(['MESH600', 'MESH601']);
    expect(codes(IstioVersion.of('1.31.0'), dataPlane, plain).map(([code]) => code)).toEqual(['MESH601']);
    expect(codes(IstioVersion.V1_31, dataPlane, plain)).toEqual([]);
  });
});
