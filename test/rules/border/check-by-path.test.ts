import {
  ExternalAuthorizer,
  HttpAccess,
  type IngressGateway,
  IpBlocks,
  Mesh,
  MeshedService,
  MeshPort,
  MeshReport,
  PathNormalization,
} from 'istio-constructs';
import { checkByPath } from '../../../lib/rules/border/check-by-path';
import { edgeGateway, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const host = 'shop.example.com';
const ADMIN = { http: [HttpAccess.anyMethod('/admin')] };
const CLIENTS = IpBlocks.ofClients('203.0.113.0/28');

function found(
  { dataPlane }: PlaneUnderTest,
  check: (gateway: IngressGateway, authorizer: ExternalAuthorizer) => void,
  expose = {},
): string[] {
  const { chart, shop: namespace, cart } = shop({ dataPlane });
  new Mesh(chart, 'mesh', { pathNormalization: PathNormalization.DECODE_AND_MERGE_SLASHES });
  const gateway = edgeGateway(chart, dataPlane);
  gateway.expose(cart, { host, ...expose });
  const opa = new MeshedService(namespace, 'opa', { image: 'opa:1', ports: [MeshPort.grpc(9191)] });
  check(gateway, ExternalAuthorizer.of('opa', { service: opa }));
  return MeshReport.of(chart).findings.flatMap(({ code, text }) => (code === checkByPath.code ? [text] : []));
}

describe(checkByPath.title, () => {
  forEachPlane((plane) => {
    it.each<[string, Parameters<typeof found>[1]]>([
      ['who may come by address', (gateway) => gateway.allowOnly(CLIENTS, ADMIN)],
      ['who is asked about', (gateway, opa) => gateway.askFirst(opa, { ...ADMIN, hosts: [host] })],
    ])('tells of a path by which is said %s', (_, check) => {
      const [got] = found(plane, check);
      expect(got).toContain('letters of another case: /ADMIN');
      expect(got).not.toContain('slashes');
    });

    it('takes a check of all requests, of another host, of paths that nothing else is exposed around, and a mark for logs', () => {
      expect(found(plane, (gateway) => gateway.allowOnly(CLIENTS))).toEqual([]);
      expect(found(plane, (gateway) => gateway.allowOnly(CLIENTS, { ...ADMIN, hosts: ['admin.example.com'] }))).toEqual([]);
      expect(found(plane, (gateway) => gateway.allowOnly(CLIENTS, ADMIN), { pathPrefix: '/admin' })).toEqual([]);
      expect(found(plane, (gateway) => gateway.audit(ADMIN))).toEqual([]);
    });
  });
});
