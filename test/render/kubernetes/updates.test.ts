import { renderUpdates } from '../../../lib/render/kubernetes/updates';

const of = (kind: string) => ({ kind, spec: { replicas: 2 } });

describe('updates', () => {
  it('are said in the word of the kind', () => {
    expect(renderUpdates(of('Deployment'), { way: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 })).toEqual({
      kind: 'Deployment',
      spec: { replicas: 2, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
    });
    expect(renderUpdates(of('DaemonSet'), { way: 'OnDelete' })).toMatchObject({ spec: { updateStrategy: { type: 'OnDelete' } } });
  });

  it('stop at a partition', () => {
    expect(renderUpdates(of('StatefulSet'), undefined, 2)).toMatchObject({
      spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
    });
  });

  it('are left to the kind where nothing is said', () => {
    const said = of('StatefulSet');
    expect(renderUpdates(said, undefined)).toBe(said);
  });
});
