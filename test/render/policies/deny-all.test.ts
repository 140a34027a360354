import { renderDenyAll } from '../../../lib/render/policies/deny-all';

describe('what closes a namespace', () => {
  it('is a policy that lets nobody in, tried out or not', () => {
    expect(JSON.stringify(renderDenyAll({ zeroTrust: true }))).toBe('{}');
    expect(JSON.stringify(renderDenyAll({ zeroTrust: false, stage: 'observe' }))).toBe('{}');
  });

  it('lets everybody in until the rest is refused: policies that let in add up', () => {
    expect(renderDenyAll({ zeroTrust: false, stage: 'allow-known' })).toEqual({ rules: [{}] });
  });
});
