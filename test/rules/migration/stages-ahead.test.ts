import { stagesAhead } from '../../../lib/rules/migration/stages-ahead';
import { findings, namespace, service } from '../model-builder';

const services = [
  { ...service('web', { wave: 1 }), versions: ['v1'], vainNeeds: [] },
  { ...service('cart', { wave: 2 }), versions: ['v1'], vainNeeds: [] },
  { ...service('api', { wave: 1 }), versions: ['v1'], vainNeeds: [] },
];
const at = (wave: number) =>
  findings(stagesAhead, { services, namespaces: [namespace('shop', 'sidecar', { migration: { wave }, lastWave: 2 })] });

describe(stagesAhead.title, () => {
  it('are told in their order, with where the program is and what comes next', () => {
    expect(at(0)).toMatchObject([
      {
        message: 'namespace shop moves from sidecars to ambient in this order: Migration.wave(1) api, web; Migration.wave(2) cart',
        got: 'Migration.PREPARE',
        fix: 'when all pods have restarted, go on with Migration.wave(1)',
      },
    ]);
  });

  it('end with the option left out', () => {
    expect(at(2)).toMatchObject([{ fix: 'when all pods have restarted, leave migration out' }]);
  });

  it('are none where nothing moves', () => {
    expect(findings(stagesAhead, { namespaces: [namespace('shop', 'ambient')] })).toEqual([]);
  });
});
