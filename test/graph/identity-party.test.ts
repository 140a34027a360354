import { DataPlane, ServiceIdentity, type ServiceIdentityOptions } from 'istio-constructs';
import { identityParty } from '../../lib/graph/identity-party';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { newChart } from '../builders';

function callers(...all: Array<ServiceIdentityOptions | undefined>) {
  const graph = MeshGraph.of(newChart());
  return all.map((options) => identityParty(ServiceIdentity.of('legacy', 'web', options), graph));
}

describe('a caller that is known by its account', () => {
  it('has the identity that the mesh gives to that account', () => {
    const graph = MeshGraph.of(newChart());
    graph.trySettings({ ...graph.settings, trustDomain: 'acme.org' });
    expect(identityParty(ServiceIdentity.of('legacy', 'web'), graph)).toMatchObject({
      kind: 'identity',
      name: 'legacy/web',
      principal: 'acme.org/ns/legacy/sa/web',
      serviceAccountName: 'web',
      owned: false,
    });
  });

  it('is one, however often it is named, and another where it is said to be other pods', () => {
    const [one, again, pods, ambient] = callers({}, undefined, { podLabels: { app: 'web' } }, { dataPlane: DataPlane.ambient() });
    expect(again).toBe(one);
    expect(new Set([one, pods, ambient].map(({ key }) => key)).size).toBe(3);
  });

  it('is of the plane that is said of it, else of any', () => {
    expect(callers({}, { dataPlane: DataPlane.ambient() })).toMatchObject([
      { namespace: { mode: 'unknown' } },
      { namespace: { mode: 'ambient' } },
    ]);
  });

  it('lives in a namespace of which nothing is known, until the program declares it', () => {
    expect(callers({})).toMatchObject([{ isGuess: true, namespace: { name: 'legacy', owned: false, zeroTrust: false } }]);
  });
});
