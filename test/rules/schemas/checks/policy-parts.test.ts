import { sourcesAndOperations, valuesIn, whensIn } from '../../../../lib/rules/schemas/checks/policy-parts';

const SPEC = {
  rules: [
    { from: [{ source: { principals: ['a'] } }, {}], to: [{ operation: { paths: ['/b', '/c'] } }], when: [{ key: 'k', values: ['v'] }] },
  ],
};

describe('parts of a policy', () => {
  it('are told with their places, those of items without any too', () => {
    expect(sourcesAndOperations(SPEC).map(({ field }) => field.join('.'))).toEqual([
      'rules.0.from.0.source',
      'rules.0.from.1.source',
      'rules.0.to.0.operation',
    ]);
  });

  it('are values of some fields, or of all', () => {
    expect(valuesIn(SPEC, ['paths'])).toEqual([
      { value: '/b', field: ['rules', 0, 'to', 0, 'operation', 'paths', 0] },
      { value: '/c', field: ['rules', 0, 'to', 0, 'operation', 'paths', 1] },
    ]);
    expect(valuesIn(SPEC)).toHaveLength(3);
  });

  it('are conditions', () => {
    expect(whensIn(SPEC)).toEqual([{ key: 'k', values: ['v'], notValues: [], field: ['rules', 0, 'when', 0] }]);
  });
});
