import { toldByStatus } from '../../../lib/rules/named/told-by-status';
import { findings, raw } from '../model-builder';

const find = (apiVersion: string, kind: string, status: string) =>
  findings(toldByStatus, {
    objects: raw(`
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: cart, namespace: shop }
status: { ${status} }
`),
  });

describe(toldByStatus.title, () => {
  it.each([
    ['v1', 'Service', 'conditions: [{ type: istio.io/WaypointBound, status: "True" }]'],
    ['v1', 'Service', 'conditions: [{ type: Ready, status: "False" }]'],
    ['security.istio.io/v1', 'AuthorizationPolicy', 'conditions: [{ type: ZtunnelAccepted, status: "True" }]'],
    ['apps/v1', 'Deployment', 'conditions: [{ type: Accepted, status: "False" }]'],
  ])('takes a condition of a %s %s: %s', (apiVersion, kind, status) => {
    expect(find(apiVersion, kind, status)).toEqual([]);
  });

  it.each<[string, string, string, (string | number)[]]>([
    ['v1', 'Service', 'conditions: [{ type: istio.io/WaypointBound, status: "False" }]', ['conditions', 0]],
    ['security.istio.io/v1', 'AuthorizationPolicy', 'conditions: [{}, { type: WaypointAccepted, status: "False" }]', ['conditions', 1]],
    [
      'security.istio.io/v1',
      'AuthorizationPolicy',
      'conditions: [{ type: WaypointAccepted, status: "True", reason: PartiallyInvalid }]',
      ['conditions', 0],
    ],
    [
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      'parents: [{}, { conditions: [{ type: ResolvedRefs, status: "False" }] }]',
      ['parents', 1, 'conditions', 0],
    ],
  ])('tells what it says of a %s %s: %s', (apiVersion, kind, status, place) => {
    expect(find(apiVersion, kind, status)).toMatchObject([{ field: ['status', ...place] }]);
  });
});
