import { DataPlane, ExternalAuthorizer } from 'istio-constructs';
import { shop } from '../../builders';
import { expectRefusal } from '../../support/refusal';

describe('an ExternalAuthorizer', () => {
  it('has the name of a provider, and whoever answers', () => {
    const { cart } = shop({ dataPlane: DataPlane.sidecar() });
    const { provider, service } = ExternalAuthorizer.of('ext-authz', { service: cart, port: 8080 });
    expect([provider, service]).toEqual(['ext-authz', cart]);
  });

  it.each(['', 'OPA', 'a_b', '-a', 'a-', 'a'.repeat(64)])('fails the name "%s", which istiod takes for none', (name) => {
    const { cart } = shop({ dataPlane: DataPlane.sidecar() });
    expectRefusal(() => ExternalAuthorizer.of(name, { service: cart }), {
      code: 'MESH840',
      path: 'ExternalAuthorizer',
      fix: 'extensionProviders',
    });
  });
});
