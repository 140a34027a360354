import type { k8s } from 'cdk8s-plus-28';
import { ISTIOD_PODS } from '../../istio/defaults';
import { HBONE, MERGED_METRICS, XDS } from '../../istio/ports';
import type { DnsFacts, ProxyNeeds } from '../../model/infrastructure-facts';
import type { Plane } from '../../planes/plane';
import { podsOf } from './network-peer';
import { type NetworkRules, portsOf, tcp } from './network-policy';

/** What every pod of a closed namespace needs, whatever it calls. */
export function renderInfrastructure(facts: ProxyNeeds, plane: Plane, probedPorts: readonly number[]): NetworkRules {
  const proxy = plane.podsHoldProxies ? renderProxyNeeds(facts) : { ingress: [], egress: [] };
  return {
    ingress: [...renderProbes(plane, [...probedPorts, ...facts.probePorts]), ...proxy.ingress],
    egress: [
      ...renderDns(facts.dns),
      ...proxy.egress,
      ...(facts.apiServer ? [{ to: [{ ipBlock: { cidr: facts.apiServer.cidr } }], ports: tcp([facts.apiServer.port]) }] : []),
    ],
  };
}

/** The kubelet's probes of some ports, where they come from addresses that a policy has to let in. */
export function renderProbes(plane: Plane, ports: readonly number[]): k8s.NetworkPolicyIngressRule[] {
  const from = plane.probeSources.map((cidr) => ({ ipBlock: { cidr } }));
  return from.length > 0 && ports.length > 0 ? [{ from, ports: tcp(ports) }] : [];
}

/** What a proxy needs: configuration from istiod, backends of its providers, and somebody who reads its metrics. */
export function renderProxyNeeds(facts: ProxyNeeds): NetworkRules {
  const { monitoringNamespace: monitoring } = facts;
  return {
    ingress: monitoring === undefined ? [] : [{ from: [podsOf(monitoring)], ports: tcp([MERGED_METRICS]) }],
    egress: [
      { to: [istiodOf(facts)], ports: tcp([XDS]) },
      ...facts.telemetryBackends.map(({ namespaceName, port, isTunnelled }) => ({
        to: [podsOf(namespaceName)],
        ports: tcp(isTunnelled ? [port, HBONE] : [port]),
      })),
    ],
  };
}

// What is asked of the Service of a remote cluster goes to the gateway of another one, and a NetworkPolicy sees where it goes.
function istiodOf({ controlPlaneNamespace, discoveryAddress }: ProxyNeeds): k8s.NetworkPolicyPeer {
  return discoveryAddress === undefined
    ? podsOf(controlPlaneNamespace, ISTIOD_PODS)
    : { ipBlock: { cidr: `${discoveryAddress}/${discoveryAddress.includes(':') ? 128 : 32}` } };
}

function renderDns(servers: readonly DnsFacts[]): k8s.NetworkPolicyEgressRule[] {
  const ports = [...new Set(servers.map((server) => server.port))];
  return ports.map((port) => ({
    to: servers.filter((server) => server.port === port).map(dnsPeer),
    ports: [...portsOf('UDP', [port]), ...tcp([port])],
  }));
}

function dnsPeer(server: DnsFacts): k8s.NetworkPolicyPeer {
  return server.cidr === undefined ? podsOf(server.namespaceName!, server.podLabels) : { ipBlock: { cidr: server.cidr } };
}
