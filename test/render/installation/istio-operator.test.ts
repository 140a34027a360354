import { renderIstioOperator } from '../../../lib/render/installation/istio-operator';
import { factsOf } from './facts';

describe('the file of istioctl', () => {
  it('names its version, and switches off what nobody asked for', () => {
    const facts = factsOf();
    expect(renderIstioOperator(facts, facts.revisions[0])).toMatchObject({
      kind: 'IstioOperator',
      metadata: { name: 'istio' },
      spec: {
        profile: 'minimal',
        tag: '1.31.1',
        components: { cni: { enabled: false }, ztunnel: { enabled: false }, ingressGateways: [], egressGateways: [] },
      },
    });
  });

  it('leaves what there is once in a cluster to the first control plane', () => {
    const revisions = ['a', 'b'].map((name) => ({ name, version: '1.31.1', tags: [] }));
    const facts = factsOf({ profile: 'ambient', revisions, gateways: [{ name: 'front', way: 'ingress', pods: {} }] });
    expect(renderIstioOperator(facts, revisions[0])).toMatchObject({ spec: { components: { ztunnel: { enabled: true } } } });
    expect(renderIstioOperator(facts, revisions[1])).toMatchObject({
      metadata: { name: 'istio-b' },
      spec: { revision: 'b', components: { ztunnel: { enabled: false }, ingressGateways: [] } },
    });
  });
});
