import { destinationRules } from '../../../lib/cluster/routes/destination-rules';
import { shapesTraffic } from '../../../lib/cluster/routes/traffic-policies';
import { clusterFrom } from '../../manifests';

const shapes = (spec: string) => {
  const cluster = clusterFrom(
    `{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: cart, namespace: shop}, spec: {host: cart, ${spec}}}`,
  );
  return shapesTraffic(destinationRules(cluster)[0]);
};

describe('a DestinationRule', () => {
  it.each([
    'trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3}}',
    'trafficPolicy: {portLevelSettings: [{port: {number: 80}, connectionPool: {}}]}',
    'subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {loadBalancer: {simple: RANDOM}}}]',
    'trafficPolicy: {tls: {mode: SIMPLE}}',
  ])('shapes traffic with %s', (spec) => {
    expect(shapes(spec)).toBe(true);
  });

  it.each([
    '',
    'subsets: [{name: v1, labels: {version: v1}}]',
    'trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}',
    'trafficPolicy: {tls: {mode: DISABLE}, portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL}}]}',
    'trafficPolicy: {outlierDetection: null}',
    'trafficPolicy: 3',
  ])('asks for nothing that is not there anyhow with "%s"', (spec) => {
    expect(shapes(spec)).toBe(false);
  });
});
