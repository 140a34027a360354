import { renderDefaultDeny } from '../../../lib/render/network/default-deny';

const all = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };

describe('the NetworkPolicy over all pods of a closed namespace', () => {
  it('lets nothing through', () => {
    expect(renderDefaultDeny({ zeroTrust: true })).toEqual(all);
  });

  it('lets everything through, both ways, as long as the rest is not refused', () => {
    expect(renderDefaultDeny({ zeroTrust: false, stage: 'allow-known' })).toEqual({ ...all, ingress: [{}], egress: [{}] });
  });
});
