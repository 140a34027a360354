import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { isPartyOf } from '../../../graph/party-of';
import { renderToAllPods, renderToIstiod } from '../../../render/network/guard-policy';
import { MeshError } from '../../../support/mesh-error';
import { markKind } from '../../../support/marker';
import { type Kind, listOf, struct } from '../../../support/options/kind';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import { CALL_OPTIONS, type CallOptions } from '../../../values/access/call-options';
import type { ICallee } from '../../../values/access/callee';
import type { ICaller } from '../../../values/access/caller';
import { MeshPort } from '../../../values/workload/mesh-port';
import { EXPOSE_OPTIONS, type ExposeOptions } from '../../edge/expose-options';
import type { IIngressGateway } from '../../edge/i-ingress-gateway';
import { GuardedService, guardedKey } from '../../service/guarded-service';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { objectsOf } from '../../tree/objects-of';
import { ADD_ON, type AddOn, type AddOnFacts } from './add-on';
import { type Guarded, recordUsualCalls } from './usual-calls';

/** Which add-ons run in the cluster. */
export interface ObservabilityAddOnsProps {
  /** All that run, with those whom they ask: what each calls as it comes follows from who is here. */
  readonly addOns: AddOn[];
}

/**
 * The add-ons that watch the mesh, whoever installs them: Kiali, Grafana, Prometheus, Jaeger, Tempo. They tell of all traffic, and ask few for a login; so nobody
 * reaches them but each other, as they need it, and who is named.
 *
 * Expands, for each add-on, into a NetworkPolicy with the name of its Service where its pods are not in the mesh. Nobody checks identities there: the network layer alone guards them. For one with
 * `dataPlane` into AuthorizationPolicies as for any service, and into the NetworkPolicy where its namespace is closed. What an add-on sends is left alone in open
 * namespaces.
 *
 * Kiali may ask Prometheus, Grafana, Jaeger and Tempo; Grafana may ask Prometheus, Jaeger and Tempo; Prometheus reads the metrics of the others. Anybody may send spans to
 * Jaeger and Tempo.
 *
 * @see https://istio.io/latest/docs/ops/integrations/
 * @example
 * import { AddOn, ObservabilityAddOns, ServiceIdentity } from 'istio-constructs';
 *
 * const [kiali, prometheus] = [AddOn.kiali(), AddOn.prometheus()];
 * const addOns = new ObservabilityAddOns(chart, 'add-ons', { addOns: [kiali, prometheus, AddOn.grafana(), AddOn.jaeger()] });
 * addOns.page(kiali, gateway, { host: 'kiali.example.com', reason: 'those on call look at the mesh' });
 * addOns.allow(prometheus, ServiceIdentity.of('keda', 'keda-operator'));
 */
export class ObservabilityAddOns extends Construct {
  private readonly guarded: readonly Guarded[];

  /**
   * Declares them.
   * @param scope Where to declare them
   * @param id Id of the construct
   * @param props Which add-ons
   */
  public constructor(scope: Construct, id: string, props: ObservabilityAddOnsProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ObservabilityAddOns');
    joinApp(this);
    requireOptions(this, props, OBSERVABILITY_ADD_ONS_PROPS);
    this.guarded = props.addOns.map((addOn) => ({ addOn, service: guard(this, addOn) }));
    recordUsualCalls(this.guarded);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }

  /**
   * Makes the page of an add-on reachable from outside, through a gateway and under a host: a route, and the way in for this gateway. The report tells of it, with the reason.
   *
   * An add-on that asks nobody for a login shows its page to whoever gets to the gateway: `usersAtGateway` has the gateway ask for a token first, and `askFirst` of the gateway for a
   * login.
   * @param addOn Whose page
   * @param gateway The gateway
   * @param options Host, users, and `reason`, which is asked for here
   */
  public page(addOn: AddOn, gateway: IIngressGateway, options: ExposeOptions): void {
    requireArguments(this, { addOn, gateway }, { addOn: ADD_ON, gateway: GATEWAY });
    requireOptions(this, options, EXPOSE_OPTIONS);
    if (!options.reason?.trim()) {
      throw new MeshError({
        code: 'MESH905',
        at: this,
        what: 'a page that tells of all traffic is shown to the outside for a reason',
        got: `the page of ${addOn.serviceName} without a reason`,
        fix: "say who needs it: reason: 'those on call look at the mesh'",
      });
    }
    const port = options.port ?? (options.redirect ? undefined : addOn._facts.port.number);
    gateway.expose(this.serviceOf(addOn), { ...options, port });
  }

  /**
   * Lets somebody else ask an add-on, at both ends: an autoscaler that reads from Prometheus.
   * @param addOn Who is asked
   * @param caller Who may ask
   * @param options What of it; the port of its page and its API when left out
   */
  public allow(addOn: AddOn, caller: ICaller, options: CallOptions = {}): void {
    requireArguments(this, { addOn }, { addOn: ADD_ON });
    requireOptions(this, options, CALL_OPTIONS);
    this.serviceOf(addOn).access.allow(caller, { ...options, port: options.port ?? addOn._facts.port.number });
  }

  /**
   * Says that an add-on calls somebody else as well: Grafana whoever keeps its logs.
   * @param addOn Who calls
   * @param callee Who is called
   * @param options What of it; all when left out
   */
  public calls(addOn: AddOn, callee: ICallee, options: CallOptions = {}): void {
    requireArguments(this, { addOn }, { addOn: ADD_ON });
    this.serviceOf(addOn).calls(callee, options);
  }

  private serviceOf(addOn: AddOn): GuardedService {
    const found = this.guarded.find((one) => idOf(one.addOn) === idOf(addOn));
    if (found) return found.service;
    throw new MeshError({
      code: 'MESH904',
      at: this,
      what: 'only an add-on that is said to run has a page, callers and callees',
      got: `${addOn.namespaceName}/${addOn.serviceName}, which is not one of addOns`,
      fix: 'add it to addOns',
    });
  }
}

const OBSERVABILITY_ADD_ONS_PROPS = struct<ObservabilityAddOnsProps>({ addOns: listOf(ADD_ON) });

const GATEWAY: Kind<IIngressGateway> = {
  wanted: 'an IngressGateway',
  example: 'what new IngressGateway or IngressGateway.fromAttributes gives',
  isOne: (value) => isPartyOf(['gateway'], value),
};

function idOf({ namespaceName, serviceName }: AddOn): string {
  return `${serviceName}.${namespaceName}`;
}

function guard(at: Construct, addOn: AddOn): GuardedService {
  const { namespaceName, serviceName: name, serviceAccountName, dataPlane, _facts: facts } = addOn;
  const { otherNames, podLabels, probePorts } = facts;
  const graph = MeshGraph.of(at);
  if (graph.parties.has(guardedKey({ namespaceName, name }))) {
    throw new MeshError({
      code: 'MESH903',
      at,
      what: 'an add-on is named once in an App',
      got: `a second ${namespaceName}/${name}`,
      fix: 'drop one of them, or say serviceName or namespaceName of the other',
    });
  }
  const egress = egressOf(facts, graph.useSettings().rootNamespace);
  const names = { name, namespaceName, otherNames, serviceAccountName };
  return new GuardedService(at, idOf(addOn), { ...names, podLabels, ports: portsOf(facts), probePorts, dataPlane, egress });
}

function portsOf({ port, metricsPort, queryPort, collector }: AddOnFacts): MeshPort[] {
  const [otlp, ...others] = collector?.ports ?? [];
  return [
    port,
    ...(metricsPort === port.targetPort ? [] : [MeshPort.http(metricsPort, { suffix: 'metrics' })]),
    ...(queryPort === undefined ? [] : [MeshPort.grpc(queryPort, { suffix: 'query' })]),
    ...(otlp === undefined ? [] : [MeshPort.grpc(otlp, { suffix: 'spans' })]),
    ...others.map((each) => MeshPort.http(each, { suffix: `span-${each}` })),
  ];
}

function egressOf({ kind }: AddOnFacts, rootNamespace: string): ReturnType<typeof renderToIstiod> {
  if (kind === 'kiali') return renderToIstiod(rootNamespace);
  return kind === 'prometheus' ? renderToAllPods() : [];
}
