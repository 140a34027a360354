import { UpdateStrategy } from 'istio-constructs';
import { expectRefusal } from '../../../support/refusal';

describe('an update', () => {
  it('goes a few at a time, all at once, or by hand', () => {
    expect(UpdateStrategy.rolling({ maxSurge: 2, maxUnavailable: 0 })._facts).toEqual({
      way: 'RollingUpdate',
      maxSurge: 2,
      maxUnavailable: 0,
    });
    expect([UpdateStrategy.recreate(), UpdateStrategy.onDelete()].map(({ _facts }) => _facts.way)).toEqual(['Recreate', 'OnDelete']);
  });

  it('fails where no pod may go and none may come', () => {
    expectRefusal(() => UpdateStrategy.rolling({ maxSurge: 0, maxUnavailable: 0 }), {
      code: 'MESH015',
      path: 'UpdateStrategy',
      got: '0',
      fix: 'give a whole number',
    });
  });
});
