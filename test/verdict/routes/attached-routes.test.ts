import { gatewaysOf, listenersOf } from '../../../lib/cluster/workloads/gateways';
import { isParent, routesAt } from '../../../lib/verdict/routes/attached-routes';
import { cluster, httpRoute, namespace } from '../fixtures';

const gateway = (more: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {gatewayClassName: istio, listeners: [{name: own, port: 80, protocol: HTTP}]${more}}
---`;
const SET = `
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: team, namespace: shop}
spec: {parentRef: {name: gateway, namespace: edge}, listeners: [{name: theirs, port: 80, protocol: HTTP, hostname: shop.example.com}]}
---`;
const LABELLED = namespace('shop', 'team: a');
const parent = (kind: string, name: string, extra = '') => `{kind: ${kind}, group: gateway.networking.k8s.io, name: ${name}${extra}}`;
const OURS = httpRoute('ours', parent('ListenerSet', 'team'), '{}');

function attached(manifests: readonly string[]) {
  const open = cluster(...manifests);
  const [one] = gatewaysOf(open);
  return routesAt(open, one, listenersOf(open, one)).map(({ title }) => title);
}

describe('routes at the listeners of a gateway', () => {
  it.each([
    ['from all namespaces', 'All'],
    ['from those with a label', 'Selector, selector: {matchLabels: {team: a}}'],
  ])('are those of ListenerSets that it takes %s', (_, from) => {
    expect(attached([LABELLED, gateway(`, allowedListeners: {namespaces: {from: ${from}}}`), SET, OURS])).toEqual(['HTTPRoute shop/ours']);
  });

  it.each([
    ['none, as it does without a word', ''],
    ['those of its own namespace', ', allowedListeners: {namespaces: {from: Same}}'],
    ['those with another label', ', allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {team: b}}}}'],
  ])('are not those of ListenerSets where it takes %s', (_, allowed) => {
    expect(attached([LABELLED, gateway(allowed), SET, OURS])).toEqual([]);
  });

  it('are of the listener that they name, and of a namespace that it takes', () => {
    const all = gateway(', allowedListeners: {namespaces: {from: All}}');
    expect(attached([all, SET, httpRoute('other', parent('ListenerSet', 'team', ', sectionName: other'), '{}')])).toEqual([]);
    expect(attached([all, SET, httpRoute('far', parent('Gateway', 'gateway', ', namespace: edge'), '{}')])).toEqual([]);
  });

  it('are of the kinds that the protocol allows, and of those that the listener names', () => {
    const kinds = (listener: string) => {
      const at = gateway('').replace('port: 80, protocol: HTTP', listener);
      const routes = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].map((kind) =>
        httpRoute('own', parent('Gateway', 'gateway'), '{}')
          .replace('kind: HTTPRoute', `kind: ${kind}`)
          .replace('namespace: shop', 'namespace: edge'),
      );
      return attached([at, ...routes]).map((title) => title.split(' ')[0]);
    };
    expect(kinds('port: 80, protocol: HTTP')).toEqual(['HTTPRoute', 'GRPCRoute']);
    expect(kinds('port: 80, protocol: TCP')).toEqual(['TCPRoute']);
    expect(kinds('port: 80, protocol: TLS, tls: {mode: Passthrough}')).toEqual(['TLSRoute']);
    expect(kinds('port: 80, protocol: TLS, tls: {mode: Terminate}')).toEqual(['TCPRoute', 'TLSRoute']);
    expect(kinds('port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: GRPCRoute}, {kind: TCPRoute}]}')).toEqual(['GRPCRoute']);
  });

  it('name their parent by group, kind and name', () => {
    const ref = { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', key: 'shop/team' };
    expect(isParent(ref, 'ListenerSet', 'shop/team')).toBe(true);
    expect([isParent(ref, 'Gateway', 'shop/team'), isParent({ ...ref, group: '' }, 'ListenerSet', 'shop/team')]).toEqual([false, false]);
  });
});
