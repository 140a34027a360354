import {
  gatewaysOf,
  needsCni,
  needsZtunnel,
  newestVersion,
  oldestVersion,
  profileOf,
  saysAmbientItself,
} from '../../../lib/render/installation/components';
import { factsOf } from './facts';

const { mesh } = factsOf();
const ambient = factsOf({ planes: [{ mode: 'sidecar' }, { mode: 'ambient' }] });

describe('components of an installation', () => {
  it('have ztunnel where some pods have no proxy of their own, or are on the way to that', () => {
    expect(needsZtunnel(factsOf({ planes: [{ mode: 'sidecar' }] }))).toBe(false);
    expect(needsZtunnel(ambient)).toBe(true);
    expect(needsZtunnel(factsOf({ planes: [{ mode: 'sidecar', migration: { wave: 0 } }] }))).toBe(true);
    expect(needsZtunnel(factsOf({ profile: 'ambient' }))).toBe(true);
  });

  it('have the CNI agent with ztunnel, and where the mesh says so', () => {
    expect([factsOf(), ambient, factsOf({ mesh: { ...mesh, cni: true } })].map(needsCni)).toEqual([false, true, true]);
  });

  it('begin with a profile of the charts, and add what one profile alone cannot say', () => {
    expect(profileOf(factsOf({ profile: 'production' }))).toBeUndefined();
    expect(profileOf(ambient)).toBe('ambient');
    expect([ambient, { ...ambient, profile: 'demo' } as const, factsOf({ profile: 'demo' })].map(saysAmbientItself)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('have the gateways that are said instead of those of the profile', () => {
    const gateways = [{ name: 'front', way: 'ingress', pods: {} }] as const;
    expect(gatewaysOf(factsOf({ profile: 'demo' })).map(({ name }) => name)).toEqual(['istio-ingressgateway', 'istio-egressgateway']);
    expect(gatewaysOf(factsOf({ profile: 'demo', gateways })).map(({ name }) => name)).toEqual(['front']);
  });

  it('take definitions from the newest control plane, and nodes from the oldest', () => {
    const facts = factsOf({
      revisions: ['1.30.10', '1.31.1', '1.30.9'].map((version) => ({ name: version.replaceAll('.', '-'), version, tags: [] })),
    });
    expect([newestVersion(facts), oldestVersion(facts)]).toEqual(['1.31.1', '1.30.9']);
  });
});
