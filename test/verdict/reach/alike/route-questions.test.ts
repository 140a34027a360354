import { askedByRoutes } from '../../../../lib/verdict/reach/alike/route-questions';
import { followed } from '../../../../lib/verdict/reach/followed-routes';
import { clusterFrom } from '../../../manifests';
import * as made from '../../fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART];
const TO = { host: 'cart.shop.svc.cluster.local', port: 8080 };
const object = (kind: string, namespace: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: {name: it, namespace: ${namespace}}
spec: {${spec}}
---`;
const asked = (...pieces: string[]): string[] => {
  const cluster = clusterFrom(...SHOP, ...pieces);
  return [...new Set(askedByRoutes(cluster, followed(cluster, { to: TO })).map(({ id }) => id))];
};

describe('what routes ask of callers', () => {
  it('is nothing where all are told the same', () => {
    expect(asked()).toEqual([]);
    expect(asked(made.SUBSETS, made.virtualService('cart', `hosts: [cart], http: [{${made.SEVENTY_THIRTY}}]`))).toEqual([]);
  });

  it('is their namespace, where a route is told to one alone or asks for it, and where a rule stands in another', () => {
    const route = (more: string, match: string) => object('VirtualService', 'shop', `hosts: [${TO.host}]${more}, http: [{${match}}]`);
    expect(asked(route(', exportTo: [.]', 'match: [{sourceNamespace: web}]'))).toEqual(['namespace shop', 'namespace web']);
    expect(asked(object('DestinationRule', 'ops', `host: ${TO.host}`))).toEqual(['namespace ops']);
  });

  it('is both, where a route of bytes asks for them', () => {
    const bytes = 'tcp: [{match: [{sourceLabels: {app: web}}]}], tls: [{match: [{sniHosts: [cart], sourceNamespace: bank}]}]';
    expect(asked(object('VirtualService', 'shop', `hosts: [${TO.host}], ${bytes}`))).toEqual(['namespace bank', 'labels {"app":"web"}']);
  });

  it('is their labels, where a route or a rule is for some', () => {
    const route = object('VirtualService', 'shop', `hosts: [${TO.host}], http: [{match: [{sourceLabels: {app: web}}]}]`);
    expect(asked(route, object('DestinationRule', 'shop', `host: ${TO.host}, workloadSelector: {matchLabels: {app: ops}}`))).toEqual([
      'labels {"app":"ops"}',
      'labels {"app":"web"}',
    ]);
  });
});
