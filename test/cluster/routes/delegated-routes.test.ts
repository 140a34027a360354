import { followedRoutes } from '../../../lib/cluster/routes/delegated-routes';
import { virtualServices } from '../../../lib/cluster/routes/virtual-services';
import { clusterFrom } from '../../manifests';

const service = (name: string, spec: string, namespace = 'shop') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}`;
const TO_A = 'route: [{destination: {host: a}}]';

function followed(rootRoute: string, leafRoutes: string, leaf = (routes: string) => service('leaf', routes)) {
  const root = service('root', `hosts: [cart], http: [{${rootRoute}, delegate: {name: leaf}}]`);
  const cluster = clusterFrom(`${root}\n---${leaf(`http: [${leafRoutes}]`)}`);
  return followedRoutes(
    cluster,
    virtualServices(cluster).find(({ object }) => object.name === 'root')!,
  );
}

describe('routes that a VirtualService delegates', () => {
  it('are those of the other, within the matches of its own', () => {
    const root =
      'name: items, match: [{uri: {prefix: /items}, headers: {x: {exact: "1"}}, gateways: [mesh], port: 80}], timeout: 3s, retries: {attempts: 1}';
    const leaf = `{name: one, match: [{uri: {exact: /items/1}, headers: {y: {exact: "2"}}}], ${TO_A}, timeout: 1s}`;
    expect(followed(root, leaf)).toMatchObject([
      {
        name: 'items-one',
        matches: [{ uri: { exact: '/items/1' }, headers: { x: { exact: '1' }, y: { exact: '2' } }, gateways: ['mesh'], port: 80 }],
        destinations: [{ host: 'a.shop.svc.cluster.local' }],
        timeout: '1s',
        retries: { attempts: 1 },
        delegate: undefined,
      },
    ]);
  });

  it('take the matches of whoever has any', () => {
    expect(followed('match: [{uri: {prefix: /a}}]', `{${TO_A}}`)[0].matches).toMatchObject([{ uri: { prefix: '/a' } }]);
    expect(followed('timeout: 1s', `{match: [{uri: {prefix: /a}}], ${TO_A}}`)[0].matches).toHaveLength(1);
    expect(followed('timeout: 1s', `{${TO_A}}`)[0].matches).toBeUndefined();
  });

  it('inherit a rewrite and an answer, and no redirect', () => {
    const [one] = followed('rewrite: {uri: /b}, directResponse: {status: 404}', `{${TO_A}}`);
    expect(one).toMatchObject({ rewrite: { uri: '/b' }, answer: { status: 404 } });
    expect(followed('redirect: {uri: /b}', `{${TO_A}}`)[0].answer).toBeUndefined();
    expect(followed('timeout: 1s', '{redirect: {uri: /b}}')[0].answer?.redirect).toEqual({ path: '/b' });
  });

  it.each([
    ['a wider prefix', '{uri: {prefix: /items}}', '{uri: {prefix: /}}'],
    ['a prefix within an exact path', '{uri: {exact: /items}}', '{uri: {prefix: /items}}'],
    ['another exact path', '{uri: {exact: /items}}', '{uri: {exact: /other}}'],
    ['a pattern', '{uri: {prefix: /items}}', '{uri: {regex: /items/.*}}'],
    ['within a pattern', '{uri: {regex: .*}}', '{uri: {exact: /items}}'],
    ['presence beside a value', '{headers: {x: {}}}', '{headers: {x: {exact: "1"}}}'],
    ['another method', '{method: {exact: GET}}', '{method: {exact: POST}}'],
    ['a header that the root does not want', '{withoutHeaders: {x: {exact: "1"}}}', '{withoutHeaders: {x: {exact: "2"}}}'],
    ['another parameter', '{queryParams: {x: {exact: "1"}}}', '{queryParams: {x: {exact: "2"}}}'],
    ['another port', '{port: 80}', '{port: 81}'],
    ['no namespace of callers', '{sourceNamespace: shop}', '{uri: {prefix: /a}}'],
    ['other labels of callers', '{sourceLabels: {app: a}}', '{sourceLabels: {app: b}}'],
    ['a gateway that the root does not have', '{gateways: [mesh]}', '{gateways: [edge]}'],
  ])('are left out where they contradict it: %s', (_, root, leaf) => {
    expect(followed(`match: [${root}]`, `{match: [${leaf}], ${TO_A}}`)).toEqual([]);
  });

  it('are left out where there are none, or none for this namespace', () => {
    expect(followed('timeout: 1s', `{${TO_A}}`, (routes) => service('other', routes))).toEqual([]);
    expect(followed('timeout: 1s', `{${TO_A}}`, (routes) => service('leaf', `hosts: [a], ${routes}`))).toEqual([]);
    expect(followed('timeout: 1s', `{${TO_A}}`, (routes) => service('leaf', `exportTo: [bank], ${routes}`))).toEqual([]);
  });
});
