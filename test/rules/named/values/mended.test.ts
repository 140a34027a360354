import { curesOfTexts } from '../../../../lib/rules/named/values/mended';
import { raw } from '../../model-builder';

const [object] = raw(`
apiVersion: v1
kind: A
metadata: { name: a }
spec: { hosts: [one, two, { host: one }], port: 1, name: two }
`);

describe('the cures of texts', () => {
  it('are one for each that is meant to be another', () => {
    expect(curesOfTexts(object, (text) => (text === 'one' ? 'three' : undefined))).toEqual([
      { field: ['spec', 'hosts', 0], kind: 'set', was: 'one', to: 'three' },
      { field: ['spec', 'hosts', 2, 'host'], kind: 'set', was: 'one', to: 'three' },
    ]);
  });

  it('know where each stands, and leave what is right already', () => {
    expect(curesOfTexts(object, (_, field) => (field.at(-1) === 'name' ? 'two' : undefined))).toMatchObject([
      { field: ['metadata', 'name'] },
    ]);
  });
});
