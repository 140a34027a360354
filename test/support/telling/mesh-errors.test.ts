import { MeshError } from '../../../lib/support/mesh-error';
import { MeshErrors, refuseAll } from '../../../lib/support/telling/mesh-errors';

const wrong = (at: string) => new MeshError({ code: 'MESH890', at, what: 'manifests are YAML or JSON', got: 'a tab', fix: 'mend it' });

function refusal(...places: string[]): Error | undefined {
  try {
    refuseAll(places.map(wrong));
  } catch (error) {
    return error as Error;
  }
  return undefined;
}

describe('mistakes that are found together', () => {
  it('are refused in one error that tells each as it would be told alone', () => {
    const [first, second] = [refusal('a.yaml:1:1')!, refusal('b.yaml:2:1')!];
    const both = refusal('a.yaml:1:1', 'b.yaml:2:1')!;
    expect(both).toBeInstanceOf(MeshErrors);
    expect(both.message).toBe(`${first.message}\n\n${second.message}`);
    expect((both as MeshErrors).errors.map(({ path }) => path)).toEqual(['a.yaml:1:1', 'b.yaml:2:1']);
    expect(both.stack).toContain('b.yaml:2:1');
  });

  it('are one error where there is one, and none where there is none', () => {
    expect(refusal('a.yaml:1:1')!.name).toBe('MeshError');
    expect(refusal()).toBeUndefined();
  });
});
