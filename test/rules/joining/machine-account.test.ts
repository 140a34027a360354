import { machineAccount } from '../../../lib/rules/joining/machine-account';
import { findings, raw } from '../model-builder';
import { workloadGroup as group } from '../in-few-words';

const ACCOUNT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: mainframe, namespace: shop }\n';
const find = (text: string, knownNamespaces: string[] = ['shop']) => findings(machineAccount, { objects: raw(text), knownNamespaces });

describe(machineAccount.title, () => {
  it('takes one that is there, the default one, and a namespace that is elsewhere', () => {
    expect(find(`${group('a', 'app: a')}---\n${ACCOUNT}`)).toEqual([]);
    expect(find(group('a', 'app: a', 'default'))).toEqual([]);
    expect(find(group('a', 'app: a'), [])).toEqual([]);
  });

  it('fails one that is not', () => {
    expect(find(`${group('a', 'app: a', 'mainfrane')}---\n${ACCOUNT}`)).toMatchObject([
      { got: 'serviceAccount: mainfrane', field: ['spec', 'template', 'serviceAccount'] },
    ]);
  });
});
