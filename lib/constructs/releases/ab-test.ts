import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireOptions } from '../../support/options/require-options';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { AB_TEST_PROPS, type ABTestProps } from './ab-test-props';
import { makeReleased } from './make-released';
import { recordRelease } from './record-release';
import { requireDifferent, requireHttpFor, requirePodsForRequests, requireRelease } from './require-release';

/**
 * Versions of a service side by side, each for its own customers: by a header, a cookie, a query parameter, the browser, or the service that calls.
 * Everybody else gets the service's own version.
 *
 * Expands into a Deployment `<service>-<version>` for each variant under the service's account and, by the router: subsets in a DestinationRule and a
 * VirtualService, or a Service for each version and an HTTPRoute. To try a version with a share of all customers, whoever they are, use a
 * CanaryRelease with `affinity`. Connections to ports that do not speak HTTP stay with the service's own version.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/request-routing/
 * @example
 * import { ABTest, RequestMatch } from 'istio-constructs';
 *
 * new ABTest(shop, 'cart-look', {
 *   service: cart,
 *   variants: [
 *     { version: 'plain', image: 'ghcr.io/acme/cart:2.0.0-plain', match: [RequestMatch.cookie('look', 'plain')] },
 *     { version: 'bright', image: 'ghcr.io/acme/cart:2.0.0-bright', match: [RequestMatch.userAgent('Firefox')] },
 *   ],
 * });
 */
export class ABTest extends Construct {
  /** The versions of the variants, in their order. */
  public readonly versions: string[];
  /** Deployments of the variants whose pods are made from an image, in their order. */
  public readonly deployments: kplus.Deployment[];

  /**
   * Declares the test.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Which service, which versions, for whom
   */
  public constructor(scope: Construct, id: string, props: ABTestProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ABTest');
    joinApp(this);
    requireOptions(this, props, AB_TEST_PROPS);
    const { service, variants } = props;
    this.versions = variants.map(({ version }) => version);
    requireVariants(this, props);

    this.deployments = variants.flatMap((variant) => makeReleased(this, service, variant) ?? []);

    recordRelease(this, service, {
      by: 'ab',
      versions: this.versions,
      matched: variants.map(({ version, match }) => ({ version, match })),
      shares: this.versions.map((version) => ({ version, weight: 0 })),
    });
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

function requireVariants(at: Construct, { service, variants }: ABTestProps): void {
  const empty = variants.find(({ match }) => match.length === 0);
  if (variants.length === 0 || empty) {
    throw new MeshError({
      code: 'MESH763',
      at,
      what: 'a test has at least one variant, and each variant has customers',
      got: empty ? `match: [] of ${empty.version}` : 'variants: []',
      fix: 'name at least one match for each; a share of all customers is a CanaryRelease with affinity',
    });
  }
  requireDifferent(at, variants);
  requireHttpFor(at, service, 'match');
  for (const released of variants) {
    const asked = { service, released, called: 'a variant' };
    requireRelease(at, asked);
    requirePodsForRequests(at, asked, 'with match');
  }
}
