import { requireContexts } from '../../../../lib/constructs/mesh/installation/require-contexts';
import { newChart } from '../../../builders';

describe('contexts of kubectl', () => {
  const contexts = (...names: string[]) => requireContexts(newChart(), Object.fromEntries(names.map((name, index) => [`c${index}`, name])));

  it('are called as clouds call them', () => {
    const names = ['east', 'gke_acme_europe-west1_east', 'arn:aws:eks:eu-west-1:1234:cluster/east', 'admin@east'];
    expect(Object.values(contexts(...names))).toEqual(names);
    expect(requireContexts(newChart())).toEqual({});
  });

  it.each(['', 'my east', 'east; rm', '$(east)', '--east', 'a|b', "'east'"])(
    'fail as %j, which a shell would not leave as it is',
    (name) => {
      expect(() => contexts('west', name)).toThrow('MESH930');
    },
  );
});
