import { patchedWaypoint } from '../../../lib/rules/beside/patched-waypoint';
import { findings, made, raw } from '../model-builder';

const gateway = (name: string, className: string) =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: ${name}, namespace: shop }, spec: { gatewayClassName: ${className} } }`;
const filter = (spec: string) =>
  `{ apiVersion: networking.istio.io/v1alpha3, kind: EnvoyFilter, metadata: { name: raw, namespace: shop }, spec: { ${spec} } }`;
const target = (kind: string, name: string) => `targetRefs: [{ group: gateway.networking.k8s.io, kind: ${kind}, name: ${name} }]`;

const find = (spec: string, by = raw) =>
  findings(patchedWaypoint, {
    objects: [...by(filter(spec)), ...made([gateway('waypoint', 'istio-waypoint'), gateway('edge', 'istio')].join('\n---\n'))],
  });

describe(patchedWaypoint.title, () => {
  it.each([
    [target('Gateway', 'waypoint'), 'Gateway waypoint'],
    [target('GatewayClass', 'istio-waypoint'), 'GatewayClass istio-waypoint'],
  ])('warns of one that names it: %s', (spec, got) => {
    expect(find(spec)).toMatchObject([{ on: { path: 'raw/envoyfilter/raw' }, message: expect.stringContaining('does not support'), got }]);
  });

  it('warns of a context that does nothing yet', () => {
    const [found] = find(`${target('Gateway', 'edge')}, configPatches: [{ match: { context: WAYPOINT } }]`);
    expect(found).toMatchObject({ message: expect.stringContaining('no effect'), got: 'context: WAYPOINT' });
  });

  it.each([
    target('Gateway', 'edge'),
    target('Gateway', 'elsewhere'),
    'targetRefs: [{ kind: Gateway, name: waypoint }]',
    'workloadSelector: { labels: { app: cart } }, configPatches: [{ match: { context: SIDECAR_INBOUND } }]',
  ])('is silent of others: %s', (spec) => {
    expect(find(spec)).toEqual([]);
  });

  it('is silent of what the library makes', () => {
    expect(find(target('Gateway', 'waypoint'), made)).toEqual([]);
  });
});
