import { renderGatewayAccess, renderGatewayDenyAll } from '../../../lib/render/policies/gateway-access';

const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' }];

describe('what a gateway of a closed namespace lets in', () => {
  it('is anybody on its ports, with an identity or without: requests from outside have none', () => {
    expect(renderGatewayAccess({ name: 'public' }, [443, 80])).toEqual({
      targetRefs,
      action: 'ALLOW',
      rules: [{ to: [{ operation: { ports: ['443', '80'] } }] }],
    });
  });

  it('finds pods that somebody else installed by their labels', () => {
    const { selector, targetRefs: none } = renderGatewayAccess(
      { name: 'public', podLabels: { istio: 'door' }, isIstioGateway: true },
      [443],
    );
    expect([selector, none]).toEqual([{ matchLabels: { istio: 'door' } }, undefined]);
  });
});

describe('what closes a waypoint', () => {
  // An ALLOW without rules matches nobody, so whatever no other policy allows is refused; an empty rule would let everybody in.
  it('is an ALLOW of nobody at the Gateway itself: an empty spec and a selector are nothing to a waypoint', () => {
    expect(renderGatewayDenyAll('public', { zeroTrust: true })).toEqual({ targetRefs, action: 'ALLOW' });
  });

  it('lets everybody in beside the grants until the rest is refused', () => {
    const { rules } = renderGatewayDenyAll('public', { zeroTrust: false, stage: 'allow-known' });
    expect(rules).toEqual([{}]);
  });
});
