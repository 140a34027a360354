import { skippedStage } from '../../../lib/rules/migration/skipped-stage';
import type { DataPlaneMode } from '../../../lib/model/namespace-facts';
import { findings, namespace } from '../model-builder';

type Stage = readonly [DataPlaneMode, number?];
const WAVES = 2;
const parts = ([mode, wave]: Stage) => ({ mode, ...(wave === undefined ? {} : { migration: { wave }, lastWave: WAVES }) });

const found = (last: Stage, now: Stage) =>
  findings(skippedStage, {
    namespaces: [namespace('shop', now[0], parts(now))],
    lastSynths: [{ namespaces: [{ path: 'shop/shop', name: 'shop', ...parts(last) }], objects: [] }],
  });

const WAY: Stage[] = [['sidecar'], ['sidecar', 0], ['ambient', 1], ['ambient', 2], ['ambient']];

describe(skippedStage.title, () => {
  it('is none from each stage to the next, and back', () => {
    WAY.slice(1).forEach((stage, index) => {
      expect([...found(WAY[index], stage), ...found(stage, WAY[index])]).toEqual([]);
    });
    expect(found(['ambient', 2], ['ambient', 7])).toEqual([]);
  });

  it('is told where two are one, with the stage between', () => {
    expect(found(WAY[0], WAY[2])).toMatchObject([
      { got: 'sidecar mode alone at the last synth, and now Migration.wave(1)', fix: 'go by way of Migration.PREPARE' },
    ]);
    expect(found(WAY[1], WAY[3])).toMatchObject([{ fix: 'go by way of Migration.wave(1)' }]);
    expect(found(WAY[1], WAY[4])).toMatchObject([{ fix: 'go by way of Migration.wave(1)' }]);
    expect(found(WAY[4], WAY[1])).toMatchObject([{ fix: 'go by way of Migration.wave(2)' }]);
  });

  it('is not what the other rule tells, of a switch without any stage', () => {
    expect(found(WAY[0], WAY[4])).toEqual([]);
  });
});
