import { destinationRules } from '../../../lib/cluster/routes/destination-rules';
import { speakerOf, tryGatewayPod } from '../../../lib/verdict/requests/callers';
import { toGateway } from '../../../lib/verdict/travel/gateway-hops';
import { cluster, GATEWAY, sidecarWeb } from '../fixtures';

const HOST = 'gateway-istio.edge.svc.cluster.local';
const hopBy = (policy: string) => {
  const mesh = cluster(
    GATEWAY,
    `{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: edge}, spec: {host: ${HOST}, ${policy}}}`,
  );
  const pod = tryGatewayPod(mesh, 'edge/gateway')!;
  const to = { host: HOST, port: 80, subset: 'v1', weight: 1 };
  return toGateway(mesh, speakerOf(mesh, sidecarWeb), { pod, port: 8080, to, rules: destinationRules(mesh) });
};
const WEB = 'cluster.local/ns/shop/sa/web';

describe('a connection to a gateway', () => {
  it('is plaintext without a word', () => {
    const [hop] = hopBy('trafficPolicy: {loadBalancer: {simple: RANDOM}}').hops;
    expect([hop.principal, hop.wirePort]).toEqual([undefined, 8080]);
  });

  it('is mutual TLS for the server of the destination, or for the one that is said', () => {
    const [hop] = hopBy('trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}').hops;
    expect([hop.principal, hop.sni]).toEqual([WEB, `outbound_.80_.v1_.${HOST}`]);
    expect(hopBy('trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: a.com}}').hops[0].sni).toBe('a.com');
  });

  it('is as the subset says, and the port before it', () => {
    const subset = (policy: string) => `trafficPolicy: {tls: {mode: SIMPLE}}, subsets: [{name: v1, trafficPolicy: {${policy}}}]`;
    expect(hopBy(subset('tls: {mode: ISTIO_MUTUAL}')).hops[0].principal).toBe(WEB);
    expect(hopBy(subset('tls: {mode: SIMPLE}, portLevelSettings: [{port: {number: 80}}]')).hops[0].principal).toBeUndefined();
    expect(hopBy(subset('')).unknown).toContain('sets TLS, which is not read here');
  });
});
