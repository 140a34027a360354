import { MeshPort, RequestSizeLimit } from 'istio-constructs';
import { edgeGateway, manifest, shop, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { filtersIn, sidecar } from './filters';

const BUFFER = { '@type': 'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer', max_request_bytes: 1024 };

describe('a RequestSizeLimit', () => {
  it('is a buffer in the sidecars of a service, on ports that do not speak gRPC', () => {
    const one = shop(sidecar, { ports: [MeshPort.http(8080), MeshPort.grpc(9090), MeshPort.http2(9091)] });
    const limit = new RequestSizeLimit(one.shop, 'size', { service: one.cart, maxBytes: 1024 });
    const filters = filtersIn(one.chart, 'size');
    expect(filters.map(({ chain, config }) => [chain.destinationPort, config])).toEqual([
      [8080, BUFFER],
      [9091, BUFFER],
    ]);
    expect(limit.resource.name).toBe('size');
    expect(spec(one.chart, 'EnvoyFilter', 'size')).toMatchObject({ workloadSelector: { labels: { app: 'cart' } } });
  });

  it('leaves a port of the pod alone that gRPC shares', () => {
    const ports = [MeshPort.http(80, { targetPort: 9090 }), MeshPort.grpc(9090), MeshPort.http(8080, { suffix: 'admin' })];
    const one = shop(sidecar, { ports });
    new RequestSizeLimit(one.shop, 'size', { service: one.cart, maxBytes: 1024 });
    expect(filtersIn(one.chart, 'size').map(({ chain }) => chain.destinationPort)).toEqual([8080]);
  });

  forEachPlane((plane) => {
    it('is a buffer in a gateway', () => {
      const one = shop(plane);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      new RequestSizeLimit(one.chart, 'size', { gateway, maxBytes: 1024 });
      expect(filtersIn(one.chart, 'size')).toMatchObject([{ context: 'GATEWAY', name: 'request-size-limit.size', config: BUFFER }]);
      expect(manifest(one.chart, 'EnvoyFilter', 'size').metadata.namespace).toBe('edge');
    });
  });
});
