import { sharedPods } from '../../../lib/rules/routing/shared-pods';
import { findings, raw } from '../model-builder';

const virtualService = (...destinations: string[]) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [${destinations.join(', ')}] }] }
`;

const subset = (name: string, weight = 50) => `{ destination: { host: cart, subset: ${name} }, weight: ${weight} }`;
const whole = (host = 'cart', more = '') => `{ destination: { host: ${host}${more} }, weight: 50 }`;

const RULE = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
    - { name: v2-fast, labels: { version: v2, disk: ssd } }
    - { name: all }
`;

const find = (...destinations: string[]) => findings(sharedPods, { objects: raw(`${virtualService(...destinations)}---${RULE}`) });

describe(sharedPods.title, () => {
  it.each([
    ['of two versions', subset('v1'), subset('v2')],
    ['of two services', whole(), whole('product')],
    ['of two ports', whole('cart', ', port: { number: 80 }'), whole('cart', ', port: { number: 81 }')],
    ['of which one is nothing yet', subset('v1', 100), subset('all', 0)],
    ['of a subset that somebody else defines', subset('v1'), subset('v3')],
    ['that is the only one, of all pods', subset('all')],
  ])('takes shares %s', (_, ...destinations) => {
    expect(find(...destinations)).toEqual([]);
  });

  it.each([
    ['a version and all pods', [subset('v1'), whole()], 'version=v1 and all pods'],
    ['a version and a subset without labels', [subset('v1'), subset('all')], 'version=v1 and all pods'],
    ['a version and a part of it', [subset('v2'), subset('v2-fast')], 'version=v2 and disk=ssd, version=v2'],
    ['one version twice', [subset('v1'), subset('v1')], 'version=v1 and version=v1'],
  ])('tells of shares for %s', (_, destinations, got) => {
    expect(find(...destinations)).toMatchObject([{ on: { path: 'raw/virtualservice/cart' }, got }]);
  });
});
