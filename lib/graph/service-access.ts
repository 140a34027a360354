import type { IConstruct } from 'constructs';
import { MeshError } from '../support/mesh-error';
import { TEXT } from '../support/options/kind';
import { requireArguments } from '../support/options/require-options';
import type { ICallee } from '../values/access/callee';
import type { ICaller } from '../values/access/caller';
import { ANYONE } from './anyone';
import type { CallOptions } from '../values/access/call-options';
import type { RefusalOptions } from '../values/access/refusal-options';
import { auditCalls } from './grants/audit';
import { askFirst } from './grants/ask-first';
import type { ExternalAuthorizer } from './grants/external-authorizer';
import { denialOf } from './grants/refusal-of';
import { type CallParts, recordCall } from './record-call';

/**
 * Who may call a service, said at the service itself.
 *
 * `allow` records the same as the caller's `calls`. The first thing allowed closes an open service to everybody else.
 *
 * @see https://istio.io/latest/docs/concepts/security/#authorization
 * @example
 * import { HttpAccess } from 'istio-constructs';
 *
 * product.access.allow(cart, { http: [HttpAccess.get('/products/*')] });
 * product.access.denyAnyone({ http: [HttpAccess.anyMethod('/products/internal/*')] });
 */
export class ServiceAccess {
  /** @internal */
  public static _of(service: IConstruct & ICallee): ServiceAccess {
    return new ServiceAccess(service);
  }

  private readonly service: IConstruct & ICallee;

  private constructor(service: IConstruct & ICallee) {
    this.service = service;
  }

  /**
   * Lets a caller in: a rule of the callee's AuthorizationPolicy, and of the NetworkPolicy at both ends.
   * @param caller Who may call
   * @param options Which port and requests; all when left out
   * @example
   * import { ServiceIdentity } from 'istio-constructs';
   *
   * // Whoever runs under this account, in a program that is not this one.
   * product.access.allow(ServiceIdentity.of('billing', 'invoices'), { port: 8080 });
   * // Prometheus connects to each pod, whatever Services lead there.
   * product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'), { port: 8080, toPods: true });
   * // Until the day is over: from the next day on synth fails.
   * product.access.allow(ServiceIdentity.of('legacy', 'importer'), { until: '2099-12-31', reason: 'reads the catalogue until it has moved' });
   */
  public allow(caller: ICaller, options: CallOptions = {}): void {
    this.record({ caller, action: 'ALLOW', options });
  }

  /**
   * Refuses a caller whatever else allows it: DENY is asked before ALLOW.
   * @param caller Who may not call
   * @param options Which port and requests; all when left out
   * @example
   * import { ServiceIdentity } from 'istio-constructs';
   *
   * product.access.allowAnyone('the catalogue is open to the whole company');
   * product.access.deny(ServiceIdentity.of('legacy', 'importer'));
   * // Tried out first: noted, and let in.
   * product.access.deny(ServiceIdentity.of('legacy', 'report'), { dryRun: true });
   */
  public deny(caller: ICaller, options: RefusalOptions = {}): void {
    this.record({ caller, ...denialOf(this.service, options) });
  }

  /**
   * Refuses everybody, for requests that nobody shall send, or only those that `exempt` names.
   * @param options Which port and requests, all when left out; and who is not meant
   * @example
   * import { HttpAccess } from 'istio-constructs';
   *
   * // Whatever else lets callers in, nobody but the cart asks for orders.
   * product.access.denyAnyone({ http: [HttpAccess.anyMethod('/orders')], exempt: [cart] });
   */
  public denyAnyone(options: RefusalOptions = {}): void {
    this.record({ caller: ANYONE, ...denialOf(this.service, options) });
  }

  /**
   * Lets in every workload of the mesh, from any namespace. A finding reports it with its reason. With `http`, and where a waypoint checks it,
   * callers with a sidecar stay out: they do not pass waypoints. It opens this end alone: what a caller's own namespace closes, its `calls` opens.
   * @param why Why it is open, for those who read the report
   * @param options Which port and requests; all when left out
   * @example
   * import { HttpAccess } from 'istio-constructs';
   *
   * product.access.allowAnyone('the catalogue is open to the whole company', { http: [HttpAccess.get('/products/*')] });
   */
  public allowAnyone(why: string, options: CallOptions = {}): void {
    requireArguments(this.service, { why }, { why: TEXT });
    if (why.trim() === '') {
      throw new MeshError({
        code: 'MESH011',
        at: this.service,
        what: 'open access has a reason',
        got: why,
        fix: 'say why anyone may call',
      });
    }
    this.record({ caller: ANYONE, action: 'ALLOW', options, reason: why });
  }

  /**
   * Has somebody outside the proxies asked about requests before they come in, whoever sends them: a login, or an engine of policies. What it refuses is refused,
   * and what it lets in needs its grant as well. Its `http` means all below a path, as in a refusal. In ambient mode the waypoint asks. A port of bytes is asked about
   * where it is named, or where the service has no other, by an authorizer that speaks gRPC.
   * @param authorizer Who is asked
   * @param options Which port and requests; all when left out
   * @example
   * import { ExternalAuthorizer, HttpAccess, MeshedService, MeshPort } from 'istio-constructs';
   *
   * const auth = new MeshedService(shop, 'ext-authz', { image: 'docker.io/istio/ext-authz:1.28.0', ports: [MeshPort.http(8000)] });
   * product.access.askFirst(ExternalAuthorizer.of('sample-ext-authz-http', { service: auth }), { http: [HttpAccess.anyMethod('/headers')] });
   */
  public askFirst(authorizer: ExternalAuthorizer, options: RefusalOptions = {}): void {
    askFirst(this.service, authorizer, options);
  }

  /**
   * Marks requests for whoever writes them down, and decides nothing. Istio writes nothing down by itself: a proxy notes on a request that fulfils it `access_log_hint` in the metadata
   * `envoy.common`, which a filter of access logs, or a plugin, has to ask for. In ambient mode the waypoint marks: ztunnel is told of no such policy, and whoever connects to
   * the pods past the waypoint is not marked. Its `http` means all below a path, as in a refusal.
   *
   * Expands into an AuthorizationPolicy AUDIT `<service>-audit`, or `<service>-waypoint-audit`.
   * @param options Which port and requests; all when left out
   * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy-Action
   * @example
   * import { HttpAccess } from 'istio-constructs';
   *
   * product.access.audit({ http: [HttpAccess.anyMethod('/products/prices')] });
   */
  public audit(options: RefusalOptions = {}): void {
    auditCalls(this.service, options);
  }

  private record(parts: Omit<CallParts, 'callee'>): void {
    recordCall(this.service, { ...parts, callee: this.service });
  }
}
