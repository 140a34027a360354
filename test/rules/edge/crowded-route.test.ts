import { crowdedRoute } from '../../../lib/rules/edge/crowded-route';
import type { ManifestObject } from '../../../lib/model/mesh-model';
import { findings, made, raw } from '../model-builder';

const route = (of: (yaml: string) => ManifestObject[], parent: string, ...counts: number[]): ManifestObject[] => {
  const matches = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => ({ path: { value: `/${index}` } })));
  const rules = counts.map((count) => `    - matches: ${matches(count)}`).join('\n');
  return of(
    `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: cart, namespace: shop }\nspec:\n  parentRefs: [${parent}]\n  rules:\n${rules}\n`,
  );
};
const GATEWAY = '{ name: public }';
const SERVICE = "{ group: '', kind: Service, name: cart }";
const got = (objects: ManifestObject[]) => findings(crowdedRoute, { objects }).map((one) => one.got);

describe(crowdedRoute.title, () => {
  it('takes a route within its bounds', () => {
    expect(got([...route(made, GATEWAY, 64, 64), ...route(raw, GATEWAY, 64, 63, 0)])).toEqual([]);
  });

  it('tells of one of ours at a gateway', () => {
    expect(got(route(made, GATEWAY, ...Array.from({ length: 17 }, () => 1)))).toEqual(['17 rules']);
    expect(got(route(made, GATEWAY, 65, 64))).toEqual(['65 matches in one rule, 129 matches']);
  });

  it('tells of one with too many headers in a match, or versions in a rule', () => {
    const many = JSON.stringify(Array.from({ length: 17 }, (_, index) => ({ name: `x-${index}`, value: 'a' })));
    const yaml = (rule: string) =>
      made(
        `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: cart }\nspec: { parentRefs: [${GATEWAY}], rules: [${rule}] }\n`,
      );
    expect(got(yaml(`{ matches: [{ headers: ${many} }] }`))).toEqual(['17 headers in one match']);
    expect(got(yaml(`{ matches: [{ queryParams: ${many} }] }`))).toEqual(['17 query parameters in one match']);
    expect(got(yaml(`{ backendRefs: ${many} }`))).toEqual(['17 destinations in one rule']);
  });

  it('leaves one of the mesh to the choice of its API', () => {
    expect(got(route(made, SERVICE, 65, 64))).toEqual([]);
  });

  it('tells of a raw one what its schema does not', () => {
    expect(got(route(raw, GATEWAY, 65))).toEqual([]);
    expect(got(route(raw, SERVICE, 64, 64, 0))).toEqual(['129 matches']);
  });
});
