import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import type { RouteStatement } from '../../../model/route';
import { CallSite } from '../../../support/call-site';
import { markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireOptions } from '../../../support/options/require-options';
import { makeReleased } from '../make-released';
import { requireDifferent, requireHttpFor, requirePodsForRequests, requireRelease } from '../require-release';
import { requireSameApp } from '../../service/require-same-app';
import { servicePodsOf } from '../../service/service-pods';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { objectsOf } from '../../tree/objects-of';
import { REQUEST_ROUTING_PROPS, type RequestRoutingProps } from './request-routing-props';
import type { RequestRule } from './request-rule';
import { requireOrder } from './require-order';
import { statementOf } from './rule-statement';

/**
 * Rules for the requests to a service: which version gets them, how long they may take, what is done with them on the way. It is the general case; a
 * CanaryRelease, a BlueGreenRelease and an ABTest say the usual ones in fewer words, and all of them share one route table.
 *
 * Expands into routes of the service's VirtualService or HTTPRoute, and a Deployment `<service>-<version>` for each of `versions`. Rules are tried in their
 * order: where a later one is narrower, the earlier one keeps its requests by a match for what both share, for the Gateway API would try the narrower one
 * first. What other constructs say of the same service holds beside it: of two constructs the narrower match holds.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/request-routing/
 * @example
 * import { Duration } from 'cdk8s';
 * import { RequestMatch, RequestRouting } from 'istio-constructs';
 *
 * // Testers get v2, downloads may take a minute, and half of all others get v3.
 * new RequestRouting(shop, 'cart-routes', {
 *   service: cart,
 *   versions: [
 *     { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' },
 *     { version: 'v3', image: 'ghcr.io/acme/cart:3.0.0' },
 *   ],
 *   rules: [
 *     { match: [RequestMatch.header('end-user', 'jason')], to: 'v2' },
 *     { match: [RequestMatch.pathPrefix('/cart/export')], timeout: Duration.minutes(1) },
 *     { split: [{ version: 'v3', weight: 50 }] },
 *   ],
 * });
 */
export class RequestRouting extends Construct {
  /** Deployments of `versions` whose pods are made from an image, in their order. */
  public readonly deployments: kplus.Deployment[];

  /**
   * Declares the rules.
   * @param scope Where to declare them
   * @param id Id of the construct
   * @param props Which service, which rules
   */
  public constructor(scope: Construct, id: string, props: RequestRoutingProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'RequestRouting');
    joinApp(this);
    requireOptions(this, props, REQUEST_ROUTING_PROPS);
    const { service, versions = [], rules } = props;
    requireSameApp(this, service);
    requireVersions(this, props);
    requireReach(this, rules);
    if (rules.some(({ match }) => match)) requireHttpFor(this, service, 'match');

    const { key, ports } = servicePodsOf(service).party;
    const statements = rules.map((rule) => statementOf(this, ports, service.version, rule));
    requireOrder(
      this,
      statements.map(({ matches = [] }) => matches),
    );
    this.deployments = versions.flatMap((one) => makeReleased(this, service, one) ?? []);

    const said = { service: key, by: 'routing', path: this.node.path, site: CallSite.here() };
    for (const statement of withVersions(statements, props)) MeshGraph.of(this).addRoute({ ...said, ...statement });
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

type Said = Omit<RouteStatement, 'service' | 'by' | 'path'>;

// New pods get requests by rules alone: what no rule shares out is the service's own version's.
function withVersions(statements: readonly Said[], { versions = [] }: RequestRoutingProps): Said[] {
  const ordered = statements.map((statement, order) => ({ ...statement, order }));
  if (versions.length === 0) return ordered;
  const general = ordered.find(({ matches }) => !matches);
  const made = versions.map(({ version }) => version);
  const shared = general?.shares ?? [];
  const unsaid = made.filter((version) => !shared.some((one) => one.version === version));
  const shares = [...shared, ...unsaid.map((version) => ({ version, weight: 0 }))];
  return [...ordered.filter((one) => one !== general), { ...general, versions: made, shares }];
}

function requireVersions(at: Construct, { service, versions = [], rules }: RequestRoutingProps): void {
  requireDifferent(at, versions);
  for (const released of versions) {
    const asked = { service, released, called: 'a version' };
    requireRelease(at, asked);
    const isNamed = rules.some(
      ({ to, split = [] }) => to === released.version || split.some(({ version }) => version === released.version),
    );
    requirePodsForRequests(at, asked, isNamed ? 'with a rule' : undefined);
  }
}

function requireReach(at: Construct, rules: readonly RequestRule[]): void {
  if (rules.length === 0)
    throw new MeshError({
      code: 'MESH772',
      at,
      what: 'a RequestRouting has at least one rule',
      got: 'rules: []',
      fix: 'say what is done with which requests, or leave the construct out',
    });
  const last = rules.findIndex(({ match }) => !match);
  if (last < 0 || last === rules.length - 1) return;
  throw new MeshError({
    code: 'MESH764',
    at,
    what: 'a rule without match takes all requests that come to it',
    got: `rule ${last + 1} of ${rules.length} without match`,
    fix: 'put it last, or give it a match',
  });
}
