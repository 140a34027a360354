import { sharedGround } from '../../../lib/rules/tenants/shared-ground';
import { findings } from '../model-builder';

const tenants = (...hosts: readonly (readonly string[])[]) =>
  hosts.map((own, index) => ({
    name: `t${index}`,
    path: `shop/t${index}`,
    namespaces: [`n${index}`],
    hosts: own,
    gateways: [],
    addresses: [],
  }));

describe(sharedGround.title, () => {
  it.each([
    ['the same name', ['a.example.com'], ['a.example.com']],
    ['a name below a pattern', ['*.example.com'], ['a.example.com']],
    ['a pattern above a name', ['a.example.com'], ['*.example.com']],
    ['a pattern below a pattern', ['*.example.com'], ['*.a.example.com']],
  ])('tells of %s', (_, one, other) => {
    const [host] = other;
    expect(findings(sharedGround, { tenants: tenants(one, other) })).toMatchObject([
      { on: { path: 'shop/t1' }, message: expect.stringContaining(`${host} is of tenant t1 and of tenant t0`) },
    ]);
  });

  it.each([
    ['names of their own', ['a.example.com'], ['b.example.com']],
    ['a name beside a pattern', ['*.a.example.com'], ['a.example.com']],
    ['no hosts', [], []],
  ])('is silent about %s', (_, one, other) => {
    expect(findings(sharedGround, { tenants: tenants(one, other) })).toEqual([]);
  });

  it('is silent where there are no tenants', () => {
    expect(findings(sharedGround, {})).toEqual([]);
  });
});
