import { lastStageOf, stageText } from '../../../../lib/rules/migration/told/last-stage';
import { emptyModel, namespace } from '../../model-builder';

const last = { path: 'shop/shop', name: 'shop', mode: 'sidecar' as const, migration: { wave: 0 } };
const model = emptyModel({ lastSynths: [{ namespaces: [last], objects: [] }] });

describe('the last stage of a namespace', () => {
  it('is what the last synth said of it, if that was another', () => {
    expect(lastStageOf(model, namespace('shop', 'ambient', { migration: { wave: 1 } }))?.namespace).toBe(last);
    expect(lastStageOf(model, namespace('shop', 'sidecar', { migration: { wave: 0 } }))).toBeUndefined();
    expect(lastStageOf(model, namespace('other', 'ambient'))).toBeUndefined();
  });

  it('is named as a program says it', () => {
    expect([{ wave: 0 }, { wave: 3 }].map(stageText)).toEqual(['Migration.PREPARE', 'Migration.wave(3)']);
  });
});
