import { unfinishedStage } from '../../../lib/rules/stages/unfinished-stage';
import { findings, namespace, namespaceState, service } from '../model-builder';

const observed = (mode: 'sidecar' | 'ambient') => namespace('shop', mode, { stage: 'observe' });

describe(unfinishedStage.title, () => {
  it('takes a namespace that is open, and one at its last stage', () => {
    const namespaces = [namespace('web', 'sidecar'), namespace('shop', 'ambient', { zeroTrust: true })];
    expect(findings(unfinishedStage, { namespaces })).toEqual([]);
  });

  it('tells of one that is only observed, and what is open in it', () => {
    const services = ['product', 'cart'].map((name) =>
      service(name, { namespace: namespaceState('shop', 'sidecar', { stage: 'observe' }) }),
    );
    const [found] = findings(unfinishedStage, { namespaces: [observed('sidecar')], services });
    expect(found).toMatchObject({ message: expect.stringMatching(/^shop is only observed/), got: 'open to everybody: cart, product' });
    expect(found.fix).toMatch(/ALLOW_KNOWN$/);
  });

  it('tells what ztunnel needs to say what it would refuse', () => {
    expect(findings(unfinishedStage, { namespaces: [observed('ambient')] })).toMatchObject([
      { fix: expect.stringMatching(/AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY/) },
    ]);
  });

  it('tells of one that lets in all others', () => {
    expect(findings(unfinishedStage, { namespaces: [namespace('shop', 'ambient', { stage: 'allow-known' })] })).toMatchObject([
      { got: 'open to everybody: whatever runs there', fix: expect.stringMatching(/DENY_REST/) },
    ]);
  });
});
