import { unknownAccount } from '../../../lib/rules/joining/unknown-account';
import { findings, made, raw } from '../model-builder';

const account = (name: string, place = 'shop') =>
  `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: ${place} } }`;
const pods = (name: string, words: string) =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: shop }, spec: { template: { spec: { ${words} containers: [] } } } }`;
const under = (name: string) => pods(name, `serviceAccountName: ${name},`);
const find = (...texts: string[]) => findings(unknownAccount, { objects: texts.flatMap(raw) });

describe(unknownAccount.title, () => {
  it('tells of one that is missing among others', () => {
    const text = 'spec.template.spec.serviceAccountName'.split('.');
    expect(find(account('cart'), under('cart'), under('ledger'))).toMatchObject([
      { on: { name: 'ledger' }, got: 'serviceAccountName: ledger', field: text },
    ]);
  });

  it('mends a misspelt one', () => {
    const [found] = find(account('cart'), account('payment'), under('cart'), pods('pay', 'serviceAccountName: paymnet,'));
    expect(found.cures).toMatchObject([{ was: 'paymnet', to: 'payment' }]);
  });

  it.each([
    ['accounts that are all there', [account('cart'), under('cart')]],
    ['accounts that are all elsewhere', [under('cart'), under('ledger')]],
    ['more accounts that are elsewhere than here', [account('cart'), under('cart'), under('ledger'), under('web')]],
    ['accounts of another namespace', [account('cart', 'pay'), under('cart')]],
    ['the account that is everywhere', [account('cart'), under('cart'), pods('web', ''), pods('old', 'serviceAccountName: default,')]],
  ])('takes %s', (_, texts) => {
    expect(find(...texts)).toEqual([]);
  });

  it('leaves what constructs write alone, whose accounts say nothing of others', () => {
    const lost = [...raw(account('cart')), ...raw(under('cart')), ...made(under('ledger'))];
    expect(findings(unknownAccount, { objects: lost })).toEqual([]);
    const others = [...made(account('cart')), ...made(under('cart')), ...raw(under('ledger'))];
    expect(findings(unknownAccount, { objects: others })).toEqual([]);
  });
});
