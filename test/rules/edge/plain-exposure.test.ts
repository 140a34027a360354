import { GatewayListener, IngressGateway, MeshNamespace } from 'istio-constructs';
import { plainExposure } from '../../../lib/rules/edge/plain-exposure';
import { findingCodes, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const { code } = plainExposure;

function found({ dataPlane }: PlaneUnderTest, listener: GatewayListener, by?: string): string[] {
  const one = shop({ dataPlane });
  const edge = new MeshNamespace(one.chart, 'edge', { dataPlane });
  new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', listeners: [listener] }).expose(one.cart, {
    host: 'a.example.com',
    listener: by,
  });
  return findingCodes(one.chart).filter((each) => each === code);
}

describe(plainExposure.title, () => {
  forEachPlane((plane) => {
    it('tells of what is exposed by HTTP', () => {
      expect(found(plane, GatewayListener.http(), 'http')).toEqual([code]);
    });

    it('takes what TLS protects', () => {
      expect(found(plane, GatewayListener.http())).toEqual([]);
      expect(found(plane, GatewayListener.redirectToHttps())).toEqual([]);
    });
  });
});
