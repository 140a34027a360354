import { allPodsGuarded } from '../../../lib/rules/guarded/all-pods-guarded';
import { findings, other } from '../model-builder';

const kiali = (podLabels: Record<string, string>, isGuarded = true) => other('unmeshed', 'kiali', { podLabels, isGuarded });

describe(allPodsGuarded.title, () => {
  it('takes labels of its own, and whoever is not guarded', () => {
    expect(findings(allPodsGuarded, { others: [kiali({ app: 'kiali' }), kiali({}, false)] })).toEqual([]);
  });

  it('fails labels that pick every pod', () => {
    expect(findings(allPodsGuarded, { others: [kiali({})] })).toMatchObject([{ on: { name: 'kiali' }, got: 'podLabels: {}' }]);
  });
});
