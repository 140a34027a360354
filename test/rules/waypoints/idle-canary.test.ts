import { idleCanary } from '../../../lib/rules/waypoints/idle-canary';
import { findings, made, namespace, raw } from '../model-builder';

const CANARY = 'istio.io/use-waypoint-canary';
const gateway = (name: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;
const space = (canary: string, weight: string | undefined, use = 'waypoint') => `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { ${use ? `istio.io/use-waypoint: ${use}, ` : ''}${CANARY}: ${canary} }
  annotations: { ${weight === undefined ? '' : `${CANARY}-weight: "${weight}"`} }
`;
const service = (labels = '') => `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { ${labels} } }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`;
const GATEWAYS = [gateway('waypoint'), gateway('next')];
const find = (...manifests: string[]) =>
  findings(idleCanary, { objects: manifests.flatMap(raw), namespaces: [namespace('shop', 'ambient')] });

describe(idleCanary.title, () => {
  it.each([
    ['one that takes its share', [space('next', '10'), service(), ...GATEWAYS]],
    ['one that waits at 0', [space('next', '0'), service(), ...GATEWAYS]],
    ['none', [space('none', '10'), service(), ...GATEWAYS]],
    ['a Service that names a waypoint of its own', [space('other', '10'), service('istio.io/use-waypoint: waypoint'), ...GATEWAYS]],
    ['one that another program makes', [space('next', '10'), service(`${CANARY}: far, ${CANARY}-namespace: infra`), ...GATEWAYS]],
    ['a Namespace that nothing is in', [space('other', '10'), ...GATEWAYS]],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['that is not there', [space('other', '10'), service(), ...GATEWAYS], 'there is no such Gateway'],
    ['that is the waypoint itself', [space('waypoint', '10'), service(), ...GATEWAYS], 'takes everything already'],
    ['of a wrong weight', [space('next', 'ten'), service(), ...GATEWAYS], 'no whole number from 0 to 100'],
    ['without a weight', [space('next', undefined), service(), ...GATEWAYS], 'nobody says its weight'],
    ['beside no waypoint', [service(`${CANARY}: next`), ...GATEWAYS], 'it stands beside no waypoint'],
  ])('warns of one %s', (_, manifests, why) => {
    expect(find(...manifests)).toMatchObject([
      { message: expect.stringContaining(why), got: expect.stringContaining('use-waypoint-canary') },
    ]);
  });

  it('tells of a Namespace once, and not of one that constructs write', () => {
    const other = service().replace('name: cart', 'name: more');
    expect(find(space('other', '10'), service(), other, ...GATEWAYS)).toHaveLength(1);
    const written = made([space('other', '10'), service(), ...GATEWAYS].join('---'));
    expect(findings(idleCanary, { objects: written, namespaces: [namespace('shop', 'ambient')] })).toEqual([]);
  });
});
