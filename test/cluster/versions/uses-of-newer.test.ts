import { lacks, placesOf, fieldName, usesOfNewer } from '../../../lib/cluster/versions/uses-of-newer';
import type { FirstVersion } from '../../../lib/istio/first-versions';
import { raw } from '../../rules/model-builder';

const [route] = raw(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop, labels: { mark: 'yes' } }
spec: { http: [{ route: [] }, { redirect: { prefixRewrite: /, code: 301 } }] }
`);
const KIND = 'networking.istio.io/VirtualService';
const first = (more: Partial<FirstVersion>): FirstVersion => ({ version: '1.31.0', kinds: [KIND], before: 'nothing', ...more });

describe('uses of what is newer', () => {
  it('tell the place of a field, item by item', () => {
    expect(placesOf(route, 'spec.http[].redirect.prefixRewrite')).toEqual([['spec', 'http', 1, 'redirect', 'prefixRewrite']]);
    expect(placesOf(route, 'spec.http[]')).toHaveLength(2);
    expect(placesOf(route, 'spec.tcp[].route')).toEqual([]);
    expect(placesOf(route, 'spec.http[].redirect.code', 301)).toHaveLength(1);
    expect(placesOf(route, 'spec.http[].redirect.code', 308)).toEqual([]);
  });

  it('are of a kind, a field or a mark', () => {
    expect(usesOfNewer([first({})], [route])).toMatchObject([{ object: route }]);
    expect(usesOfNewer([first({ kinds: ['networking.istio.io/Sidecar'] })], [route])).toEqual([]);
    expect(usesOfNewer([first({ mark: 'mark' }), first({ mark: 'other' })], [route])).toHaveLength(1);
    expect(usesOfNewer([first({ field: 'spec.http[].redirect' }), first({ field: 'spec.tls' })], [route])).toMatchObject([
      { field: ['spec', 'http', 1, 'redirect'] },
    ]);
  });

  it('are none of an object in the version that older ones read', () => {
    expect(usesOfNewer([first({ olderApi: 'v1alpha3' }), first({ olderApi: 'v1' })], [route])).toHaveLength(1);
  });

  it('name a field by its last words', () => {
    expect(fieldName('spec.rules[].from[].source.trustDomains')).toBe('source.trustDomains');
  });

  it.each([
    ['1.30.5', [], true],
    ['1.31.0', [], false],
    ['1.31.1', [], false],
    ['1.30.3', ['1.30.4'], true],
    ['1.30.4', ['1.30.4'], false],
    ['1.29.9', ['1.30.4'], true],
  ])('a mesh with %s, and repairs in %j: lacks it is %s', (had, alsoIn, expected) => {
    expect(lacks(first({ alsoIn }), had)).toBe(expected);
  });
});
