import { planeChanges } from '../../../lib/asking/changes/plane-changes';
import * as made from '../../verdict/fixtures';

const mesh = (...labels: string[]) => made.cluster(...labels.map((label, index) => made.namespace(`n${index}`, label)));

describe('planes of namespaces', () => {
  it('are told where they change, in a line each', () => {
    expect(planeChanges(mesh(made.SIDECAR, made.AMBIENT, 'a: b'), mesh(made.AMBIENT, made.AMBIENT, made.SIDECAR))).toEqual([
      'namespace n0 goes from sidecar mode to ambient mode',
      'namespace n2 goes from outside the mesh to sidecar mode',
    ]);
  });

  it('are no change where a namespace is new or gone', () => {
    expect(planeChanges(mesh(made.SIDECAR), mesh(made.SIDECAR, made.AMBIENT))).toEqual([]);
  });
});
