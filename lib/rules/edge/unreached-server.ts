import { CORE, NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, titleOf } from '../../cluster/objects/manifest-object';
import { hasLabels } from '../../cluster/objects/selectors';
import { type IstioGateway, istioGateways, type IstioServer } from '../../cluster/routes/istio-gateways';
import { podPort, servicesOver } from '../../cluster/services/endpoints';
import { gatewaysOf } from '../../cluster/workloads/gateways';
import { type Workload, workloadsAnywhereWith, workloadsOf } from '../../cluster/workloads/workloads';
import type { Cure } from '../../model/finding';
import { certainlyMeant, distanceOf } from '../../support/options/nearest';
import { labelText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const unreachedServer = rule({
  code: 'MESH409',
  level: 'warning',
  title: 'server of a Gateway that clients do not reach',
  compares: [
    { kinds: [`${NETWORKING}/Gateway`], fields: ['spec selector', 'spec servers port number'], made: false },
    { kinds: [`${CORE}/Service`], fields: ['spec selector', 'spec ports'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const gateway of istioGateways(cluster).filter(isRaw)) {
      const wrong =
        managedElsewhere(cluster, gateway) ??
        unopened(cluster, gateway) ??
        tooOld(gateway) ??
        misspelled(cluster, gateway) ??
        unpicked(cluster, gateway);
      if (wrong)
        report({
          on: gateway.object,
          message: `${nameOf(gateway.object)} ${wrong.what}`,
          got: wrong.got,
          fix: wrong.fix,
          cures: wrong.cures,
        });
    }
  },
});

const TEMPLATES = 'inject.istio.io/templates';

interface Wrong {
  readonly what: string;
  readonly got: string;
  readonly fix: string;
  readonly cures?: readonly Cure[];
}

/** Pods that istiod makes for a Gateway of the Gateway API: since Istio 1.31 they follow no Istio Gateway of another namespace. */
function managedElsewhere(cluster: Cluster, { object, selector }: IstioGateway): Wrong | undefined {
  if (isEmpty(selector) || workloadsAnywhereWith(cluster, selector).length > 0) return undefined;
  const pods = gatewaysOf(cluster).filter(({ labels, proxy }) => proxy.isDoor && hasLabels(labels, selector));
  if (pods.length === 0 || pods.some(({ namespaceName }) => namespaceName === namespaceOf(object))) return undefined;
  return {
    what: `picks the pods that istiod makes for ${pods[0].key}, which since Istio 1.31 follow no such Gateway of another namespace`,
    got: `Gateway in ${namespaceOf(object)}, its pods in ${pods[0].namespaceName}`,
    fix: `write a listener and an HTTPRoute of the Gateway API, or put this one into ${pods[0].namespaceName}`,
  };
}

/** A port that no Service over the gateway's pods leads to, as far as both are in the program. */
function unopened(cluster: Cluster, { selector, servers }: IstioGateway): Wrong | undefined {
  const pods = isEmpty(selector) ? [] : workloadsAnywhereWith(cluster, selector);
  const services = pods.flatMap((pod) => servicesOver(cluster, pod).map((service) => ({ service, pod })));
  if (services.length === 0) return undefined;
  const open = services.flatMap(({ service, pod }) => service.ports.flatMap((port) => [port.number, podPort(port, pod)]));
  const lost = servers.flatMap(({ port }) => (port === undefined || open.includes(port) ? [] : [port]));
  if (lost.length === 0) return undefined;
  return {
    what: `opens port ${lost.join(', ')}, to which no Service of its pods leads`,
    got: `Services: ${[...new Set(services.map(({ service }) => service.key))].join(', ')}`,
    fix: 'add the port to the Service of the gateway, or open one that it has',
  };
}

const OLD: readonly (string | undefined)[] = ['TLSV1_0', 'TLSV1_1'];

function tooOld({ servers }: IstioGateway): Wrong | undefined {
  const old = servers.find((server: IstioServer) => OLD.includes(server.minProtocolVersion) && server.cipherSuites.length === 0);
  return (
    old && {
      what: `takes ${old.minProtocolVersion} on port ${old.port} and no cipherSuites that go with it: clients that speak nothing newer are refused`,
      got: `minProtocolVersion: ${old.minProtocolVersion}`,
      fix: 'write minProtocolVersion: TLSV1_2; or name cipherSuites for old clients',
    }
  );
}

/** Picks no pod of the program, and a label of one differs by one letter. */
function misspelled(cluster: Cluster, { selector }: IstioGateway): Wrong | undefined {
  if (isEmpty(selector) || workloadsAnywhereWith(cluster, selector).length > 0) return undefined;
  const labels = workloadsAnywhereWith(cluster, {}).map((pod) => pod.labels);
  const near = Object.entries(selector).flatMap(([key, value]) => {
    const there = labels.find((each) => each[key] !== undefined && value.length > 2 && distanceOf(each[key], value) === 1);
    return there ? [{ key, value, there: there[key], said: `${key}=${value}`, meant: `${key}=${there[key]}` }] : [];
  });
  const [wrong] = near;
  if (!wrong) return undefined;
  const { key, value } = wrong;
  const meant = certainlyMeant(
    value,
    labels.flatMap((each) => each[key] ?? []),
  );
  const cure: Cure = { field: ['spec', 'selector', key], kind: 'set', was: value, to: wrong.there };
  const cures = near.length === 1 && meant === wrong.there ? [cure] : [];
  return { what: `picks pods with ${wrong.said}, and none has it`, got: wrong.said, fix: `write ${wrong.meant}`, cures };
}

// Installers of Istio give these to the gateways that they make, of which manifests need say nothing.
const OF_INSTALLERS = ['ingressgateway', 'egressgateway'];

/** Picks no pod of the program, which has gateways that it could pick. */
function unpicked(cluster: Cluster, { selector }: IstioGateway): Wrong | undefined {
  if (isEmpty(selector) || OF_INSTALLERS.includes(selector.istio)) return undefined;
  const isPicked =
    workloadsAnywhereWith(cluster, selector).length > 0 || gatewaysOf(cluster).some(({ labels }) => hasLabels(labels, selector));
  const gateways = isPicked ? [] : workloadsOf(cluster).filter(isGateway);
  if (gateways.length === 0) return undefined;
  const [{ labels, object }] = gateways;
  const own = Object.entries(labels).filter(([key]) => key in selector || key === 'istio' || key === 'app');
  return {
    what: `picks no pod, though ${titleOf(object)} is a gateway`,
    got: labelText(selector),
    fix: `write labels of the pods that are meant${own.length > 0 ? `, such as ${own.map(([key, value]) => `${key}: ${value}`).join(' or ')}` : ''}`,
  };
}

/** Pods of which the injector makes a gateway. */
function isGateway({ annotations }: Workload): boolean {
  return (annotations[TEMPLATES] ?? '').split(',').includes('gateway');
}
