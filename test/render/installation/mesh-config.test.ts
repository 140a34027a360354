import { renderMeshConfig } from '../../../lib/render/installation/mesh-config';
import { factsOf } from './facts';

describe('the mesh configuration', () => {
  it('says no more than the program relies on', () => {
    expect(renderMeshConfig(factsOf())).toEqual({ trustDomain: 'cluster.local', enableAutoMtls: true });
  });

  it('says the root namespace where istiod is elsewhere', () => {
    expect(renderMeshConfig(factsOf({ namespaceName: 'mesh' }))).toMatchObject({ rootNamespace: 'istio-system' });
  });

  it('tells the form of access logs where one was said', () => {
    expect(renderMeshConfig(factsOf({ isJsonLog: false }))).toMatchObject({ accessLogEncoding: 'TEXT' });
    expect(renderMeshConfig(factsOf({ isJsonLog: true }))).toMatchObject({ accessLogEncoding: 'JSON' });
  });
});
