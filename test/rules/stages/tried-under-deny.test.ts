import { triedUnderDeny } from '../../../lib/rules/stages/tried-under-deny';
import { findings, namespace, raw } from '../model-builder';

const policy = (spec: string) =>
  raw(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: deny-all, namespace: istio-system }
spec: ${spec}`);
const at = (stage: 'observe' | 'allow-known') => [namespace('shop', 'sidecar', { stage })];
const WAYPOINTS = '{ targetRefs: [{ group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint }] }';

describe(triedUnderDeny.title, () => {
  it.each(['{}', WAYPOINTS])('fails the first stage of a namespace under %s in the root namespace', (spec) => {
    expect(findings(triedUnderDeny, { namespaces: at('observe'), objects: policy(spec) })).toMatchObject([
      { message: expect.stringMatching(/^AuthorizationPolicy istio-system\/deny-all refuses/), fix: expect.stringMatching(/ALLOW_KNOWN/) },
    ]);
  });

  it('takes the second stage, and policies for some pods or that refuse', () => {
    expect(findings(triedUnderDeny, { namespaces: at('allow-known'), objects: policy('{}') })).toEqual([]);
    for (const spec of ['{ selector: { matchLabels: { app: istiod } } }', '{ action: DENY, rules: [{}] }']) {
      expect(findings(triedUnderDeny, { namespaces: at('observe'), objects: policy(spec) })).toEqual([]);
    }
  });
});
