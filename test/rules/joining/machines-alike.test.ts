import { machinesAlike } from '../../../lib/rules/joining/machines-alike';
import { findings, raw } from '../model-builder';
import { workloadGroup as group } from '../in-few-words';

const find = (text: string) => findings(machinesAlike, { objects: raw(text) });

describe(machinesAlike.title, () => {
  it('takes two that differ in a label, and two namespaces', () => {
    expect(find(`${group('a', 'app: a')}---${group('b', 'app: a, zone: b')}`)).toEqual([]);
    expect(find(`${group('a', 'app: a')}---${group('b', 'app: a').replace('shop', 'web')}`)).toEqual([]);
  });

  it('tells of two that are alike, whatever the order of their labels', () => {
    expect(find(`${group('a', 'app: a, zone: b')}---${group('b', 'zone: b, app: a')}`)).toMatchObject([
      { message: expect.stringMatching(/^WorkloadGroup shop\/b and WorkloadGroup shop\/a give /), got: 'app=a, zone=b' },
    ]);
  });
});
