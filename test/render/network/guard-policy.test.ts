import type { DataPlaneMode } from '../../../lib/model/namespace-facts';
import type { Party } from '../../../lib/model/party';
import { renderGuard, renderGuardNeeds, renderToAllPods, renderToIstiod } from '../../../lib/render/network/guard-policy';
import { pods, tcp } from '../../builders';
import { HTTP, namespaceState, other } from '../../rules/model-builder';

const podLabels = { app: 'kiali' };
const podSelector = { matchLabels: podLabels };

describe('what guards pods that somebody else makes', () => {
  it('lets in nobody where nobody is named, and leaves alone what they send', () => {
    expect(renderGuard(podLabels, { ingress: [], egress: [] })).toEqual({ podSelector, policyTypes: ['Ingress'] });
  });

  it('lets in whom it names, and closes the way out where one is said', () => {
    const ingress = [{ from: [pods('edge')], ports: tcp(20001) }] as never[];
    expect(renderGuard(podLabels, { ingress, egress: renderToIstiod('istio-system') })).toEqual({
      podSelector,
      policyTypes: ['Ingress', 'Egress'],
      ingress,
      egress: [{ to: [pods('istio-system', { app: 'istiod' })], ports: tcp(15014) }],
    });
  });

  it('lets in probes that come from addresses of their own, where nobody else does', () => {
    const kiali = (mode: DataPlaneMode, owned: boolean) =>
      other('service', 'kiali', { namespace: namespaceState('obs', mode, { owned }), ports: [HTTP], probePorts: [13133] });
    const ports = (party: Party) => renderGuardNeeds(party, []).ingress.map((rule) => rule.ports);
    expect(ports(kiali('ambient', true))).toEqual([tcp(8080, 13133)]);
    expect(ports(kiali('ambient', false))).toEqual([]);
    expect(ports(kiali('sidecar', true))).toEqual([]);
  });

  it('has a way to all pods for who reads their metrics', () => {
    expect(renderToAllPods()).toEqual([{ to: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP' }] }]);
  });
});
