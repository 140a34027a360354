import { refusedByIstio } from '../../../lib/rules/schemas/refused-by-istio';
import { findings, made, raw } from '../model-builder';
import { REFUSED, TAKEN } from './samples';
import { manifest } from './samples/sample';

const find = (kind: string, spec: string) => findings(refusedByIstio, { objects: raw(manifest(kind, spec)) });

describe(refusedByIstio.title, () => {
  it.each(TAKEN)('takes a %s: %s', (kind, spec) => {
    expect(find(kind, spec)).toEqual([]);
  });

  it.each(REFUSED)('fails a %s: %s', (kind, spec, what, field) => {
    const found = find(kind, spec);
    expect(found).toMatchObject([{ message: expect.stringContaining(what) }]);
    expect(found[0].field?.join('.') ?? '').toBe(field);
  });

  it('fails an answer of more than a megabyte', () => {
    const answer = (length: number) => `hosts: [api], http: [{ directResponse: { status: 200, body: { string: ${'a'.repeat(length)} } } }]`;
    expect(find('VirtualService', answer(100))).toEqual([]);
    expect(find('VirtualService', answer(2 ** 20 + 1))).toHaveLength(1);
  });

  it('fails every wrong field of an object, each at its place', () => {
    const route = '{ timeout: 0s, route: [{ destination: { host: a } }] }';
    const found = find('VirtualService', `hosts: [api], http: [${route}, ${route}]`);
    expect(found.map(({ field }) => field?.join('.'))).toEqual(['spec.http.0.timeout', 'spec.http.1.timeout']);
    expect(found[1]).toMatchObject({ message: expect.stringContaining('spec.http[1].timeout is no duration'), got: "'0s'" });
  });

  it('fails a Sidecar without a spec', () => {
    const [said] = manifest('Sidecar', '').split('spec:');
    expect(findings(refusedByIstio, { objects: raw(said) })).toMatchObject([{ message: expect.stringContaining('says nothing') }]);
  });

  it('fails annotations that Istio keeps for itself, and those of a kind that has no use for them', () => {
    const annotated = (kind: string, spec: string, annotation: string) =>
      findings(refusedByIstio, {
        objects: raw(manifest(kind, spec).replace('namespace: shop', `namespace: shop, annotations: { ${annotation} }`)),
      });
    expect(annotated('AuthorizationPolicy', '', 'istio.io/dry-run: "true"')).toEqual([]);
    expect(annotated('AuthorizationPolicy', '', 'istio.io/dry-run: "yes"')).toHaveLength(1);
    expect(annotated('PeerAuthentication', '', 'istio.io/dry-run: "true"')).toHaveLength(1);
    expect(annotated('PeerAuthentication', '', 'internal.istio.io/parents: a')).toHaveLength(1);
  });

  it('leaves what constructs write to the judges', () => {
    expect(findings(refusedByIstio, { objects: made(manifest('VirtualService', 'hosts: [api]')) })).toEqual([]);
  });
});
