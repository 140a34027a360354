import { tryService } from '../../../lib/cluster/services/services';
import { canaryFault, saidCanary, waypointShares } from '../../../lib/cluster/services/waypoint-canaries';
import { clusterFrom } from '../../manifests';

const CANARY = 'istio.io/use-waypoint-canary';
const WEIGHT = 'istio.io/use-waypoint-canary-weight';
const USE = 'istio.io/use-waypoint: waypoint';

const meta = (name: string, labels: string, annotations: string) => `{name: ${name}, labels: {${labels}}, annotations: {${annotations}}}`;
const namespace = (labels = USE, annotations = '') => `{apiVersion: v1, kind: Namespace, metadata: ${meta('shop', labels, annotations)}}`;
const service = (labels = '', annotations = '') =>
  `{apiVersion: v1, kind: Service, metadata: ${meta('cart', labels, annotations).replace('{name', '{namespace: shop, name')}, spec: {}}`;
const gateway = (name: string, parts: { place?: string; labels?: string; listener?: string } = {}) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: ${parts.place ?? 'shop'}, labels: {${parts.labels ?? ''}}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE${parts.listener ?? ''}}]}`;
const BOTH = [gateway('waypoint'), gateway('next')];

const shares = (...pieces: string[]) => {
  const cluster = clusterFrom(...pieces);
  const found = waypointShares(cluster, tryService(cluster, 'Service', 'shop/cart')!);
  return Object.fromEntries(found.map(({ waypoint, share }) => [waypoint.key, Math.round(share * 100)]));
};
const fault = (...pieces: string[]) => {
  const cluster = clusterFrom(...pieces);
  const one = tryService(cluster, 'Service', 'shop/cart')!;
  const said = saidCanary(cluster, one);
  return said && canaryFault(cluster, one, said);
};

describe('a second waypoint before a Service', () => {
  it.each([
    ['by its Namespace', namespace(`${USE}, ${CANARY}: next`, `${WEIGHT}: "10"`), service(), { 'shop/waypoint': 90, 'shop/next': 10 }],
    [
      'by itself, beside the waypoint of its Namespace',
      namespace(),
      service(`${CANARY}: next`, `${WEIGHT}: "30"`),
      { 'shop/waypoint': 70, 'shop/next': 30 },
    ],
    [
      'by itself, with the weight of its Namespace',
      namespace(USE, `${WEIGHT}: "40"`),
      service(`${CANARY}: next`),
      { 'shop/waypoint': 60, 'shop/next': 40 },
    ],
    [
      'with a weight of its own',
      namespace(`${USE}, ${CANARY}: next`, `${WEIGHT}: "10"`),
      service('', `${WEIGHT}: "+100"`),
      { 'shop/waypoint': 0, 'shop/next': 100 },
    ],
    ['without a weight', namespace(`${USE}, ${CANARY}: next`), service(), { 'shop/waypoint': 100, 'shop/next': 0 }],
  ])('takes a share %s', (_, around, one, expected) => {
    expect(shares(around, one, ...BOTH)).toEqual(expected);
  });

  it.each([
    ['its Namespace names one, and it names a waypoint itself', namespace(`${USE}, ${CANARY}: next`, `${WEIGHT}: "10"`), service(USE)],
    ['it says none', namespace(`${USE}, ${CANARY}: next`, `${WEIGHT}: "10"`), service(`${CANARY}: none`)],
    ['it says nothing by the label', namespace(`${USE}, ${CANARY}: next`, `${WEIGHT}: "10"`), service(`${CANARY}: ""`)],
    ['the weight is no number', namespace(`${USE}, ${CANARY}: next`, `${WEIGHT}: ten`), service()],
  ])('takes nothing where %s', (_, around, one) => {
    expect(shares(around, one, ...BOTH)).toEqual({ 'shop/waypoint': 100 });
  });

  it('stands before nothing that has no waypoint', () => {
    expect(shares(namespace(''), service(`${CANARY}: next`, `${WEIGHT}: "10"`), ...BOTH)).toEqual({});
  });

  it.each([
    ['same', `${CANARY}: waypoint`, '"10"', BOTH],
    ['weight', `${CANARY}: next`, '"101"', BOTH],
    ['weight', `${CANARY}: next`, '" 5"', BOTH],
    ['missing', `${CANARY}: other`, '"10"', BOTH],
    ['unfit', `${CANARY}: pods`, '"10"', [...BOTH, gateway('pods', { labels: 'istio.io/waypoint-for: workload' })]],
    ['unfit', `${CANARY}: far, ${CANARY}-namespace: infra`, '"10"', [...BOTH, gateway('far', { place: 'infra' })]],
  ])('is left out: %s', (expected, labels, weight, gateways) => {
    expect(fault(namespace(`${USE}, ${labels}`, `${WEIGHT}: ${weight}`), service(), ...gateways)).toBe(expected);
  });

  it('may stand in another namespace that takes the Service', () => {
    const far = gateway('far', { place: 'infra', listener: ', allowedRoutes: {namespaces: {from: All}}' });
    const around = namespace(`${USE}, ${CANARY}: far, ${CANARY}-namespace: infra`, `${WEIGHT}: "10"`);
    expect(shares(around, service(), gateway('waypoint'), far)).toEqual({ 'shop/waypoint': 90, 'infra/far': 10 });
  });
});
