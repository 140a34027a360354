import {
  isLabelValue,
  requireAnnotationKey,
  requireLabelKey,
  requireLabels,
  requireLabelValue,
} from '../../../lib/support/bounds/label-syntax';
import { expectRefusal } from '../refusal';

const LONG = 'a'.repeat(64);

describe('labels', () => {
  it.each(['disk', 'A_b.c-1', 'example.com/disk', 'a'.repeat(63), `${'a'.repeat(200)}/b`])('have a key %s', (key) => {
    expect(requireLabelKey('here', 'key', key)).toBe(key);
  });

  it.each(['', 'disk type', '-disk', 'disk-', '/disk', 'example.com/', 'Example.com/disk', 'a/b/c', LONG, `${'a'.repeat(254)}/b`])(
    'fail with a key %p',
    (key) => {
      const got = `key of a toleration '${key}'`;
      const act = () => requireLabelKey('here', 'key of a toleration', key);
      expectRefusal(act, { code: 'MESH820', path: 'here', got, fix: 'example.com/disk' });
    },
  );

  it('have values, which may be empty', () => {
    expect(['', 'ssd', '1.0_a'].map((value) => requireLabelValue('here', 'value', value))).toEqual(['', 'ssd', '1.0_a']);
    expect(['a b', 'a/b', '.a', LONG].map(isLabelValue)).toEqual([false, false, false, false]);
    const act = () => requireLabelValue('here', 'value', 'a/b');
    expectRefusal(act, { code: 'MESH820', path: 'here', got: "value 'a/b'", fix: 'write for example ssd' });
  });

  it('fail together at the first that is wrong, which is named', () => {
    expect(() => requireLabels('here', 'labels', { team: 'shop', 'example.com/tier': '' })).not.toThrow();
    const act = (labels: Record<string, string>) => () => requireLabels('here', 'labels', labels);
    const [key, value] = [act({ 'a b': 'c' }), act({ team: 'the shop' })];
    expectRefusal(key, { code: 'MESH820', path: 'here', got: "key of labels 'a b'", fix: 'write for example disk' });
    expectRefusal(value, { code: 'MESH820', path: 'here', got: "value of labels 'team' 'the shop'", fix: 'write for example ssd' });
  });
});

describe('annotations', () => {
  it('have domains with capitals as well', () => {
    expect(requireAnnotationKey('here', 'key', 'Example.com/role')).toBe('Example.com/role');
    const act = () => requireAnnotationKey('here', 'key', 'role arn');
    expectRefusal(act, { code: 'MESH820', path: 'here', got: "key 'role arn'", fix: 'example.com/role' });
  });
});
